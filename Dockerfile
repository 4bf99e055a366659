# One image for every part of MiniK8s: `minik8s PART …`. docker-compose.yml runs a cluster of it, docs/compose.md says how.
#   BUILD_BASE   has the .NET SDK 10, or the published program in /prebuilt
#   BASE         a Debian or Ubuntu; packages that it has already are not fetched
ARG BUILD_BASE=mcr.microsoft.com/dotnet/sdk:10.0
ARG BASE=debian:bookworm-slim

FROM ${BUILD_BASE} AS build
WORKDIR /source
# For the proxy as machine code.
RUN if [ ! -d /prebuilt ] && ! command -v gcc >/dev/null; then \
      apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends gcc libc6-dev; fi
COPY . .
RUN if [ -d /prebuilt ]; then cp -a /prebuilt /program; else deploy/publish.sh /program; fi

FROM ${BASE}
COPY deploy/image/packages.txt /usr/share/minik8s/
RUN xargs dpkg-query --show </usr/share/minik8s/packages.txt >/dev/null 2>&1 || { \
      apt-get update && \
      DEBIAN_FRONTEND=noninteractive xargs apt-get install --yes --no-install-recommends </usr/share/minik8s/packages.txt && \
      rm -rf /var/lib/apt/lists/*; }
COPY --from=build /program /opt/minik8s
COPY deploy/image/minik8s-* /usr/local/bin/
COPY examples /examples
# Machine code that was linked where the C library is newer need not run here; the program proper runs everywhere.
RUN ln -s /opt/minik8s/MiniK8s /usr/local/bin/minik8s && \
    { /opt/minik8s/minik8s-proxy --version >/dev/null 2>&1 || rm -f /opt/minik8s/minik8s-proxy; }
CMD ["minik8s", "--help"]
