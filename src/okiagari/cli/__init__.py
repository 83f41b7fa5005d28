"""The command line: data on stdout, talk on stderr. Offline commands do not start Django."""
