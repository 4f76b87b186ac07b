# Finds a JDK of release 25 or newer. Sourced by berth and check; starts no process unless the last resort is reached.
#
# Order: JAVA_HOME, the folders of PATH, the usual install folders, the java on PATH with its links resolved.
# BERTH_JDK_FOLDERS=FOLDER[:FOLDER...] replaces the usual install folders; each holds JDKs, one folder per JDK.
# A release is read from the JDK's own "release" file: https://openjdk.org/jeps/223

# find_jdk: sets jdk (its home) and jdk_build (which build of it, fit for a file name); fails when there is none.
find_jdk() {
    accept_jdk "${JAVA_HOME:-}" || find_jdk_on_path || find_installed_jdk || find_linked_jdk
}

accept_jdk() { # HOME
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    jdk_release='' jdk_runtime='' jdk_vendor=''
    while IFS='=' read -r key value; do
        value=${value#\"}
        value=${value%\"}
        case $key in
        IMPLEMENTOR_VERSION) jdk_vendor=$value- ;;
        JAVA_RUNTIME_VERSION) jdk_runtime=$value ;;
        JAVA_VERSION) jdk_release=${value%%[!0-9]*} ;;
        esac
        [ "$jdk_release" ] && [ "$jdk_runtime" ] && break
    done <"$1/release"
    if [ "${jdk_release:-0}" -lt 25 ]; then
        [ -z "${BERTH_DEBUG:-}" ] || echo "berth: passed over $1: it is Java ${jdk_release:-of unknown release}" >&2
        return 1
    fi
    jdk=$1
    jdk_build=$jdk_vendor${jdk_runtime:-$jdk_release}
    case $jdk_build in */*) jdk_build=$jdk_release ;; esac
}

accept_any_jdk() { # HOME...
    for candidate; do
        accept_jdk "$candidate" && return
    done
    return 1
}

find_jdk_on_path() {
    rest=${PATH:-}:
    while [ "$rest" ]; do
        folder=${rest%%:*}
        rest=${rest#*:}
        case $folder in */bin) accept_jdk "${folder%/bin}" && return ;; esac
    done
    return 1
}

find_installed_jdk() {
    if [ "${BERTH_JDK_FOLDERS+set}" ]; then
        rest=$BERTH_JDK_FOLDERS:
        while [ "$rest" ]; do
            accept_any_jdk "${rest%%:*}"/* && return
            rest=${rest#*:}
        done
        return 1
    fi
    accept_any_jdk /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/* /opt/java/* /usr/local/*jdk* \
        "${HOME:-/}"/.sdkman/candidates/java/* "${HOME:-/}"/.jdks/* "${HOME:-/}"/.jenv/versions/* \
        "${HOME:-/}"/.asdf/installs/java/* "${HOME:-/}"/.local/share/mise/installs/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-/}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec
}

find_linked_jdk() {
    linked=$(command -v java) && linked=$(readlink -f -- "$linked") && accept_jdk "${linked%/bin/java}"
}

has() { # COMMAND
    command -v "$1" >/dev/null 2>&1
}

no_jdk() {
    if has brew; then get='brew install openjdk@25'
    elif [ -d "${HOME:-/}/.sdkman" ]; then get='sdk install java 25-tem'
    elif has apt-cache && apt-cache show openjdk-25-jdk >/dev/null 2>&1; then get='sudo apt-get install openjdk-25-jdk'
    elif has dnf; then get='sudo dnf install java-25-openjdk-devel'
    elif has zypper; then get='sudo zypper install java-25-openjdk-devel'
    elif has apk; then get='sudo apk add openjdk25'
    elif has pacman; then get='sudo pacman -S jdk-openjdk'
    else get='add the repository described at https://adoptium.net/installation/linux, then install temurin-25-jdk'
    fi
    echo "berth: no JDK 25 or newer found
  why:  looked at JAVA_HOME${JAVA_HOME:+ ($JAVA_HOME)}, PATH and ${BERTH_JDK_FOLDERS-the usual install folders}
  next: $get
        or set JAVA_HOME to one; other ways: https://adoptium.net/temurin/releases/?version=25" >&2
    exit 4
}
