"""Django's PostgreSQL backend with a cheaper health check and statements the server keeps."""
