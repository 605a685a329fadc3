"""Who works here: roles, sign-ins, passkeys and help after a loss."""
