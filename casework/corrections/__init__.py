"""What the report said and what holds now: contact, urgency, language and consents, corrected at the desk."""
