"""Private servers and a browser for tests: started on loopback addresses, stopped and removed afterwards."""
