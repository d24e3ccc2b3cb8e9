"""What is asked and told over a page: `dialog` is the frame, `questions` the usual ones;
`outside` has another program show a file."""
