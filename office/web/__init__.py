"""What every face of the office shares on the web: headers, errors, forms, page layout, health."""
