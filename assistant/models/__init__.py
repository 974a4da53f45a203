"""Language models behind one seam: hosted, on this network, or a file on this machine."""
