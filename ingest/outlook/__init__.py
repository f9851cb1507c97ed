"""What Outlook and Exchange write instead of MIME: .msg files and winmail.dat, both made of MAPI properties."""
