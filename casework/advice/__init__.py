"""Legal advice on a case: written, reviewed by another, delivered in a language the person knows, decided."""
