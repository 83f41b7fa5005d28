"""What tests share: the database they run on, the guard around the network, what this machine has."""
