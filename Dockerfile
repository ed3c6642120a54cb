# The gateway's image. Its files are laid out by build/image.sh, which needs no registry: there is no base image to fetch.
#   build/image.sh farebox-gateway:TAG
# Layers from what changes seldom to what changes often.
FROM scratch
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Farebox gateway" \
      org.opencontainers.image.description="Puts a price on an HTTP API with x402" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
COPY system/ /
COPY java/ /opt/java/
COPY libraries/ /opt/farebox/lib/
COPY application/ /opt/farebox/
# Where a book on H2 lies; everything else but /tmp may be read-only.
COPY --chown=65532:65532 data/ /var/lib/farebox/
ENV MALLOC_ARENA_MAX=2
USER 65532:65532
WORKDIR /var/lib/farebox
EXPOSE 8402 9402
STOPSIGNAL SIGTERM
# A JVM of its own each time: seldom enough not to matter. Kubernetes has probes and does not look here.
HEALTHCHECK --interval=60s --timeout=20s --start-period=60s \
  CMD ["/opt/java/bin/java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx32m", "-jar", "/opt/farebox/farebox-gateway.jar", "expect", "200=http://127.0.0.1:9402/actuator/health/readiness"]
ENTRYPOINT ["/opt/java/bin/java", "@/opt/farebox/java.options", "-jar", "/opt/farebox/farebox-gateway.jar"]
