# One image for every part of the production profile: web, worker, beat, and the commands.

FROM python:3.11-slim-bookworm AS build
WORKDIR /source
COPY . .
# The environment holds no pip, so the finished image holds no tool to install with.
RUN python -m venv --without-pip /srv/watchroom \
    && pip --python /srv/watchroom/bin/python install --no-cache-dir --constraint constraints.txt .

FROM python:3.11-slim-bookworm
RUN groupadd --system --gid 10001 watchroom \
    && useradd --system --uid 10001 --gid watchroom --no-create-home --shell /usr/sbin/nologin watchroom \
    && install --directory --owner watchroom --group watchroom --mode 0700 /data \
    && pip uninstall --yes --quiet --root-user-action ignore pip setuptools wheel
COPY --from=build /srv/watchroom /srv/watchroom
ENV PATH=/srv/watchroom/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    WATCHROOM_DATA_DIR=/data \
    WATCHROOM_HOST=0.0.0.0
# Nothing but /data and /tmp is written to: the rest may be mounted read-only.
WORKDIR /data
VOLUME ["/data"]
USER 10001:10001
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 \
    CMD ["watchroom", "doctor", "--quick"]
ENTRYPOINT ["watchroom"]
CMD ["web"]
