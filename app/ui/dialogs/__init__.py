"""What is asked and told over a page: `dialog` is the frame, `questions` the usual ones;
`copying` leaves no secret in the clipboard; `outside` has another program show a file."""
