"""What the EU Funding & Tenders Portal says of calls, beside what the catalogue says."""
