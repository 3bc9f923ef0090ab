# The server form: one image for web, worker, beat and migrations; see docker-compose.yml.

FROM node:22-slim AS front
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund --omit=dev

FROM python:3.13-slim AS packages
RUN pip install --no-cache-dir uv
RUN uv venv /opt/venv
COPY requirements.txt .
RUN uv pip install --no-cache --python /opt/venv/bin/python --require-hashes -r requirements.txt

FROM python:3.13-slim
# The PDF engine's libraries, and a font for characters that ours does not have.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        fonts-dejavu-core libfontconfig1 libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin portal \
    && install -d -o portal -g portal -m 0700 /srv/files
WORKDIR /srv/app
COPY --from=packages /opt/venv /opt/venv
COPY --from=front /build/node_modules node_modules
COPY manage.py ./
COPY config config
COPY portals portals
COPY privacy privacy
COPY members members
COPY employers employers
COPY providers providers
COPY templates templates
COPY static static
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=config.settings.production \
    PRIVATE_MEDIA_ROOT=/srv/files \
    STATIC_ROOT=/srv/static
# Collecting static files needs settings that load, not secrets: these values stay in this one command.
RUN SECRET_KEY=build PERSONAL_KEY=00 BLIND_INDEX_KEY=00 CARD_KEY=00 SIGNING_KEY=none SIGNING_CERTIFICATE=none ALLOWED_HOSTS=build.invalid EMAIL_HOST=build.invalid \
    SITE_ADDRESS=https://build.invalid DATABASE_URL=postgresql://build@build.invalid/build REDIS_URL=redis://build.invalid/0 \
    sh -c "python manage.py collectstatic --noinput --verbosity=0 && python manage.py build_password_list && python manage.py build_places" \
    && python -m compileall -q config portals privacy members employers providers
USER 10001:10001
VOLUME /srv/files
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["gunicorn", "config.wsgi", "--bind=0.0.0.0:8000", "--worker-class=gthread", "--workers=3", "--threads=4", \
     "--max-requests=20000", "--max-requests-jitter=2000", "--graceful-timeout=30", "--no-control-socket"]
