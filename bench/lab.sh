# Builds berth-lab, quietly. Sourced by the benches that are part of it, in the checkout's folder.

. launcher/find-jdk.sh

# build_lab: sets jdk (its home) and lab (the class path, with the benches of JMH on it), or says why not and ends.
build_lab() {
    find_jdk || no_jdk
    if ! has mvn; then
        cannot 'build berth-lab' 'mvn is not on PATH; Berth is built with Maven 3.8 or newer' \
            'install it with your package manager, or from https://maven.apache.org/download.cgi'
    fi
    mkdir -p .berth || exit
    others=$PWD/.berth/lab.class-path # each module writes its own, and berth-lab is the last
    if ! JAVA_HOME=$jdk MAVEN_OPTS=--sun-misc-unsafe-memory-access=allow \
        mvn -B -ntp -q -Dplain=lab -Dplain.without.tests=false -pl berth-lab -am test-compile \
        dependency:build-classpath -DincludeScope=test -Dmdep.outputFile="$others" >.berth/lab.log 2>&1; then
        cannot 'build berth-lab' "$(grep -m 3 ERROR .berth/lab.log)" \
            'read .berth/lab.log; a first build needs the network for its dependencies'
    fi
    built=$PWD/.berth/lab/berth-lab
    lab=$built/test-classes:$built/classes:$(cat "$others")
}

cannot() { # WHAT WHY NEXT
    echo "berth: cannot $1
  why:  $2
  next: $3" >&2
    exit 4
}
