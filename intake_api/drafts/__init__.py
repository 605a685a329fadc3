"""Reports half written: sealed under a code, so that nothing typed is lost or readable."""
