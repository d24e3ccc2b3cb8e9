"""The assistants view: which there are, what each is for, and the form to change one."""
