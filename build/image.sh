#!/usr/bin/env bash
# Makes the image of the gateway from what is on this machine: a JDK 25, the C library of this Debian, and the gateway's jar.
#   build/image.sh             lays the files out in gateway-app/target/image
#   build/image.sh NAME:TAG    and builds the image, with buildah, podman or docker, whichever there is
# As root it also runs the gateway once in there, so that the image starts with less than half of the CPU time (an AOT cache).
# FAREBOX_JDK names the JDK. SOURCE_DATE_EPOCH is the date of all files.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
image=$here/gateway-app/target/image
jar=$here/gateway-app/target/farebox-gateway.jar
date=${SOURCE_DATE_EPOCH:-1795132800}
modules=java.base,java.compiler,java.desktop,java.instrument,java.logging,java.management,java.naming,java.net.http
modules+=,java.rmi,java.scripting,java.security.jgss,java.security.sasl,java.sql,java.transaction.xa,java.xml
modules+=,jdk.httpserver,jdk.jfr,jdk.management,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs

jdk=${FAREBOX_JDK:-}
for each in /usr/lib/jvm/*; do
  [ -n "$jdk" ] || { [ -x "$each/bin/jlink" ] && grep -q '^JAVA_VERSION="25' "$each/release" && jdk=$each; } || true
done
[ -n "$jdk" ] || { echo "There is no JDK 25 with jlink here. Name one: FAREBOX_JDK=/path" >&2; exit 1; }
[ -f "$jar" ] || { echo "There is no $jar. Build it: mvn -pl gateway-app -am package -DskipTests" >&2; exit 1; }

rm -rf "$image"
mkdir -p "$image"/{system/etc,system/tmp,system/proc,system/dev,application,libraries,data}
"$jdk/bin/jlink" --add-modules "$modules" --strip-debug --no-man-pages --no-header-files --compress zip-6 --output "$image/java"

# The loader and the libraries that the JVM and the native library of the signatures ask for.
find "$image/java" \( -name '*.so' -o -path '*/bin/java' \) -exec ldd {} + 2>/dev/null |
  sed -nE 's#^.*[[:space:]](/lib[^[:space:]]*)[[:space:]]\(0x.*#\1#p' | sort -u | while read -r library; do
  mkdir -p "$image/system$(dirname "$library")"
  cp -L "$library" "$image/system$library"
done
printf 'root:x:0:0::/:/none\nfarebox:x:65532:65532::/var/lib/farebox:/none\n' >"$image/system/etc/passwd"
printf 'root:x:0:\nfarebox:x:65532:\n' >"$image/system/etc/group"
printf 'hosts: files dns\n' >"$image/system/etc/nsswitch.conf"
chmod 1777 "$image/system/tmp"

"$jdk/bin/java" -Djarmode=tools -jar "$jar" extract --destination "$image/application" >/dev/null
mv "$image/application/lib"/* "$image/libraries/"
rmdir "$image/application/lib"
"$jdk/bin/java" "$here/build/Sbom.java" "$image/libraries" "$image/application/sbom.cdx.json" \
  "jre=$(sed -nE 's/^JAVA_RUNTIME_VERSION="(.*)"/\1/p' "$jdk/release")" \
  "libc6=$(dpkg-query -W -f '${Version}' libc6 2>/dev/null || ldd --version | sed -nE '1s/.* //p')"
printf '%s\n' -Xms24m -XX:MaxRAMPercentage=50 -XX:+UseSerialGC -Xss512k -XX:ReservedCodeCacheSize=64m \
  -XX:+UseCompactObjectHeaders -XX:TrimNativeHeapInterval=5000 >"$image/application/java.options"
# The cache below knows the jars by their dates.
find "$image" -exec touch -h -d "@$date" {} +

# A running image, without an engine: the same files in the same places.
lay_out() {
  cp -a "$image/system/." "$1/"
  mkdir -p "$1/opt/farebox/lib" "$1/var/lib/farebox"
  cp -a "$image/java" "$1/opt/java"
  cp -a "$image/application/." "$1/opt/farebox/"
  cp -a "$image/libraries/." "$1/opt/farebox/lib/"
  chown 65532:65532 "$1/var/lib/farebox"
}

inside() { # inside ROOT COMMAND...
  local root=$1
  shift
  # shellcheck disable=SC2016 # expanded by the inner shell
  unshare --mount --pid --fork -- bash -c 'mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev" &&
    exec chroot --userspec=65532:65532 "$0" "$@"' "$root" "$@"
}

warm() {
  local root options seconds=0
  root=$(mktemp -d)
  lay_out "$root"
  options="@/opt/farebox/java.options"
  inside "$root" /opt/java/bin/java -jar /opt/farebox/farebox-gateway.jar init /var/lib/farebox/farebox.yaml >/dev/null 2>&1
  echo "The gateway runs once in there; this takes about a minute." >&2
  inside "$root" /opt/java/bin/java $options -XX:AOTCacheOutput=/tmp/gateway.aot -jar /opt/farebox/farebox-gateway.jar gateway \
    --farebox.config=/var/lib/farebox/farebox.yaml --server.port=0 --management.server.port=0 >"$root/log" 2>&1 &
  local pid=$!
  while [ "$(grep -c 'Netty started on port' "$root/log")" -lt 2 ] && kill -0 $pid 2>/dev/null && [ $((seconds += 1)) -le 180 ]; do
    sleep 1
  done
  for port in $(sed -nE 's/.*Netty started on port ([0-9]+).*/\1/p' "$root/log"); do
    for path in /health /api/x /actuator/health /actuator/health/readiness; do
      { printf 'GET %s HTTP/1.0\r\n\r\n' "$path" >&3 && cat <&3 >/dev/null; } 3<>"/dev/tcp/127.0.0.1/$port" 2>/dev/null || true
    done
  done
  # The shell that made the namespaces is the first process of them; the JVM is its only child.
  kill -TERM $(pgrep -P $pid) 2>/dev/null || true
  wait $pid || true
  if [ -f "$root/tmp/gateway.aot" ]; then
    cp "$root/tmp/gateway.aot" "$image/application/gateway.aot"
    echo "-XX:AOTCache=/opt/farebox/gateway.aot" >>"$image/application/java.options"
    touch -d "@$date" "$image/application/gateway.aot" "$image/application/java.options"
  else
    echo "No cache was made; the image starts without one. The last that was said:" >&2
    tail -3 "$root/log" >&2
  fi
  rm -rf "$root"
}
if [ "$(id -u)" = 0 ] && unshare --mount true 2>/dev/null; then warm; else echo "Not root: the image starts without a cache." >&2; fi
rmdir "$image/system/proc" "$image/system/dev"
cp "$here/Dockerfile" "$image/Dockerfile"
du -shL "$image"/* >&2

if [ $# -gt 0 ]; then
  revision=$(git -C "$here" rev-parse --short HEAD 2>/dev/null || echo unknown)
  for engine in buildah podman docker; do
    command -v $engine >/dev/null || continue
    case $engine in
      buildah) exec buildah bud --isolation chroot --format docker --timestamp "$date" --build-arg "REVISION=$revision" -t "$1" "$image" ;;
      *) exec $engine build --build-arg "REVISION=$revision" -t "$1" "$image" ;;
    esac
  done
  echo "The files lie in $image, and there is neither buildah, podman nor docker to build the image with." >&2
  exit 1
fi
