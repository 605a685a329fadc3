"""The form: steps, questions and conditions as data, what was answered, and what is shown of it."""
