#!/bin/sh
# What ./kairos demo starts. KAIROS_DISTRIBUTION is the folder of an unpacked distribution.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
: "${KAIROS_DISTRIBUTION:?is the folder of an unpacked distribution; ./kairos demo sets it}"

jar_of() {
    for jar in "${here}/../$1/target/io.kairos.test.$1"-*.jar; do
        case "${jar}" in
            *-sources.jar | *-javadoc.jar | *-tests.jar) ;;
            *) [ -f "${jar}" ] && echo "${jar}" && return ;;
        esac
    done
    echo "demo: bundles/test/$1 is not built" >&2
    exit 1
}

demo=$(jar_of demo)
interop=$(jar_of interop)
[ -t 1 ] && [ "${TERM:-dumb}" != dumb ] && [ -z "${NO_COLOR:-}" ] && set -- --terminal "$@"
exec "${JAVA_HOME:+${JAVA_HOME}/bin/}java" -Xmx64m -XX:+UseSerialGC -cp "${demo}:${interop}" io.kairos.test.demo.Demo \
    --distribution "${KAIROS_DISTRIBUTION}" --bundle "${interop}" "$@"
