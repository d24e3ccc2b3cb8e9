"""What a user can set, kind by kind; the way in is `page.SettingsPage`.

`setting` is one line and its control, `section` a kind with the way back to what was usual. The
kinds: `view` (this computer's), `asking` (answers, memory, device: the profile's), `security`
(locking, `password`), `data` (where everything lies). `services` is what they reach;
`scale` is the size of text and controls, `motion` whether anything moves by itself.
"""
