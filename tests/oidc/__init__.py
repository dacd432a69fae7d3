"""The municipality's sign-on, played by a real provider on this machine."""
