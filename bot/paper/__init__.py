"""What is printed: PDF files drawn by fpdf2 from plain values. Knows neither store nor HTTP."""
