"""Nobody is at the computer: `idle` counts minutes without a key, `signs` hears of the system's own
(sleep, locked session, screen saver) from `desktop_buses` on Linux, `windows_messages` on Windows.
"""
