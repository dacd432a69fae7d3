"""WhatsApp: payloads apart from glue."""
