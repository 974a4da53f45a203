# Soleus in a container (docs/operate.md): docker build --build-arg TORCH_INDEX=… -t soleus .
#
# The tag has no digest, so that a build gets the fixes of the day. To build the same image twice,
# write python:3.11-slim@sha256:… in both places.

FROM python:3.11-slim AS builder

# Where pip finds the builds of PyTorch for processors; PyTorch's page "Get started" names it under
# Linux, Pip, CPU. The usual builds bring 4 GB for graphics cards along.
ARG TORCH_INDEX=""
# "local" would add llama.cpp, to run a language model in here.
ARG EXTRAS="postgres,redis"
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 ORT_DISABLE_TELEMETRY=1
WORKDIR /app

COPY pyproject.toml constraints.txt README.md LICENSE ./
RUN if [ -z "$TORCH_INDEX" ] && [ "$(uname -m)" = x86_64 ]; then \
      echo "Say where PyTorch's builds for processors are: --build-arg TORCH_INDEX=..." >&2; \
      exit 1; \
    fi \
    && python -m venv /opt/soleus \
    && /opt/soleus/bin/python -m pip install --constraint constraints.txt \
      ${TORCH_INDEX:+--extra-index-url "$TORCH_INDEX"} ".[$EXTRAS]" \
    && /opt/soleus/bin/python -m pip uninstall --yes pip \
    && rm -rf build ./*.egg-info

COPY corpus corpus
COPY index index
COPY assistant assistant
COPY app.py settings.example.toml docs/deploy/start.sh ./
# The index of the texts that come along. ONNX Runtime runs on every processor, and which way is
# fastest here says nothing of where the image will run.
RUN /opt/soleus/bin/python -m compileall -q assistant corpus index \
    && SOLEUS_ENCODER__PATH=onnx /opt/soleus/bin/python -m assistant index


FROM python:3.11-slim

RUN useradd --uid 10001 --user-group --no-create-home --home-dir /data --shell /usr/sbin/nologin soleus \
    && install --directory --owner=soleus --group=soleus --mode=0700 /data
COPY --from=builder /opt/soleus /opt/soleus
COPY --from=builder /app /app

# All that is ever written goes to /data, but for the temporary. HOME: libraries look for a cache.
# ORT: ONNX Runtime would otherwise tell its maker, over the network, that it runs.
ENV PATH=/opt/soleus/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    ORT_DISABLE_TELEMETRY=1 \
    HOME=/tmp \
    XDG_DATA_HOME=/data \
    SOLEUS_INDEX__FOLDER=/data/index \
    SOLEUS_SERVER__HOST=0.0.0.0 \
    SOLEUS_SERVER__PORT=7860
WORKDIR /app
USER 10001:10001
VOLUME /data
EXPOSE 7860
STOPSIGNAL SIGINT
# http.client asks no proxy. Whether questions are answered yet, /readyz says.
HEALTHCHECK --interval=30s --timeout=5s --start-period=3m --retries=3 \
  CMD ["python", "-c", "import http.client as web; door = web.HTTPConnection('127.0.0.1', 7860, timeout=4); door.request('GET', '/healthz'); raise SystemExit(door.getresponse().status != 200)"]
CMD ["sh", "start.sh"]
