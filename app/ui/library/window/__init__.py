"""The viewer in a window of its own: thumbnails, page entry, rotation, print."""
