# The portal's image: one for web, worker, beat and migrations (see docker-compose.yml).

FROM python:3.13-slim-trixie AS build
WORKDIR /app
COPY requirements/uv.txt requirements/base.txt requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/uv.txt \
 && python -m venv /venv \
 && uv pip install --no-cache --compile-bytecode --python /venv/bin/python \
      --require-hashes -r requirements/base.txt
COPY . .
ENV PATH=/venv/bin:$PATH STATIC_ROOT=/app/static_root DATA_DIR=/tmp/build
# Keys made up for this step only: collectstatic must see production's file names.
RUN python -c "import secrets; print(secrets.token_hex(50))" > /tmp/secret \
 && python -c "import secrets; print(secrets.token_hex(50))" > /tmp/link \
 && export UDE_MODE=production SECRET_KEY_FILE=/tmp/secret LINK_KEY_FILE=/tmp/link \
 && python manage.py assets --required \
 && python manage.py collectstatic --no-input --verbosity 0 \
 && rm -rf node_modules /tmp/build /tmp/secret /tmp/link

FROM python:3.13-slim-trixie
# pg_dump must be as new as the server in docker-compose.yml.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install --yes --no-install-recommends postgresql-client-17 \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin ude \
 && install -d -o ude -g ude /data
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 UDE_MODE=production \
    DATA_DIR=/data STATIC_ROOT=/app/static_root BIND=0.0.0.0 PORT=8000
USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=6s --start-period=30s \
  CMD ["python", "ude_portal/probe.py"]
CMD ["python", "manage.py", "portal", "--only", "web"]
