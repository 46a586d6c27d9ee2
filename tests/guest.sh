#!/bin/bash
# guest.sh - run a command in a throw-away Linux guest that has V4L2 cameras.
#
#   tests/guest.sh [options] [--] CMD [ARG...]
#
#   -n N       number of cameras, made by the kernel's own test driver, vivid (default 1).
#              Each is a webcam-like capture device: moving colour bars, 320x180 ... 3840x2160,
#              YUYV and many other raw pixel formats (no MJPEG).  -n 0: no camera at all.
#   -u         UVC-like: two nodes a camera, video0 capture, video1 metadata, video2 capture...
#   -w DIR     writes below DIR reach the host (repeatable); all other writes are lost
#   -t SECS    limit of the whole run (default 300); at the limit the exit code is 124
#   -m MIB     guest memory (default 2048)
#   -x K=V     one more vivid parameter (repeatable), e.g. -x vivid_debug=1
#   -k FILE    keep the guest kernel's log in FILE
#   -v         say on stderr what is done, and when
#
# The guest sees the whole file tree of the host (so its python, virtual environments and
# this checkout) under a memory-backed overlay.  CMD runs as the guest's root, in the same
# directory, with the same environment, stdin empty, stdout and stderr apart; its exit code
# is ours (125: the guest failed; 124: out of time).  The guest's network is loopback and
# one dummy interface, 192.0.2.10/24, that leads nowhere (ICE wants an address that is not
# 127.0.0.1).  No KVM, no root, no /dev/video* and no module of the host's are needed.
#
# Needs bash, coreutils, util-linux (flock), xz, dpkg-deb, and an apt with Debian's amd64
# packages (apt-get update done): busybox-static, qemu-system-x86, linux-image-amd64.
# What is not installed is downloaded and unpacked, not installed, in the cache folder
# ${V4L2_GUEST_CACHE:-~/.cache/v4l2-guest}; once there, a run uses no network.
#
# How long, on 2 cores without KVM: half a minute the first time, then 4 to 5 s for `true`.
# The emulated CPU has about 1/15 of the speed.  Import what CMD imports once on the host:
# what the guest compiles of Python is lost with it.
set -euo pipefail
export LC_ALL=C.UTF-8
me=${0##*/} start=$(date +%s%N)
usage() { sed -n '2,/^set /s/^# \{0,1\}//p' "$0"; exit "${1:-2}"; }
die() { echo "$me: $*" >&2; exit 125; }
cameras=1 nodes=0x1 limit=300 mem=2048 klog='' verbose=0 writable=() vivid=()
while getopts n:uw:t:m:x:k:vh o; do
  case $o in
    n) cameras=$OPTARG ;; u) nodes=0x20001 ;; w) writable+=("$(realpath -e "$OPTARG")") ;;
    t) limit=$OPTARG ;; m) mem=$OPTARG ;; x) vivid+=("$OPTARG") ;;
    k) klog=$OPTARG ;; v) verbose=1 ;; h) usage 0 ;; *) usage ;;
  esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || usage
say() { [ $verbose = 0 ] || echo "$me: $((($(date +%s%N) - start) / 1000000)) ms: $*" >&2; }

# ------------------------------------------------------------------ once: fill the cache
cache=${V4L2_GUEST_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/v4l2-guest}
mkdir -p "$cache"; cache=$(realpath "$cache")
exec 9>"$cache/lock"; flock 9
unpack() { # unpack DIR PACKAGE...: these packages alone, unpacked under DIR
  local dir=$1 deb; shift
  say "downloading $*"
  rm -rf "$cache/debs"; mkdir -p "$cache/debs" "$dir"
  (cd "$cache/debs" && apt-get -qq -o APT::Sandbox::User=root download "$@" >&2) ||
    die "cannot download $* (is apt-get update done?)"
  for deb in "$cache"/debs/*.deb; do dpkg-deb -x "$deb" "$dir"; done
  rm -rf "$cache/debs"
}
depends() { # the versioned package that the metapackage $1 names
  apt-cache depends "$1" | sed -n "s/^ *Depends: \(${1%-amd64}-[0-9][^ ]*\)\$/\1/p" | head -1
}
busybox=$cache/busybox
if [ ! -x "$busybox" ]; then
  unpack "$cache/b" busybox-static
  mv "$(find "$cache/b" -type f -path "*bin/busybox")" "$busybox"; rm -rf "$cache/b"
fi

get_qemu() {
  local q=$cache/qemu k=$cache/kernel pkgs mods m fs
  qemu=(qemu-system-x86_64)
  if ! command -v "${qemu[0]}" >/dev/null; then
    if [ ! -e "$q/ok" ]; then
      mapfile -t pkgs < <(apt-get -s -o Debug::NoLocking=1 --no-install-recommends install qemu-system-x86 |
        sed -n 's/^Inst \([^ ]*\).*/\1/p' | grep -vE '^(systemd|udev|dbus|lib(pam|nss|systemd|udev))')
      rm -rf "$q"; unpack "$q" "${pkgs[@]}"; touch "$q/ok"
    fi
    qemu=(env "LD_LIBRARY_PATH=$q/usr/lib/x86_64-linux-gnu:$q/lib/x86_64-linux-gnu"
      "$q/usr/bin/qemu-system-x86_64" -L "$q/usr/share/qemu" -L "$q/usr/share/seabios")
  fi
  [ ! -e "$k/ok" ] || return 0
  rm -rf "$k"; unpack "$k" "$(depends linux-image-amd64)"
  mods=$(find "$k" -type d -path '*lib/modules/*' -prune)
  say "building the initramfs from ${mods##*/}"
  # an uncompressed kernel starts seconds sooner under emulation
  m=$(LC_ALL=C grep -abom1 -P '\xfd7zXZ\x00' "$k"/boot/vmlinuz-* | cut -d: -f1)
  xz -dc --single-stream < <(tail -c "+$((${m:-0} + 1))" "$k"/boot/vmlinuz-*) >"$k/image" 2>/dev/null ||
    cp "$k"/boot/vmlinuz-* "$k/image"
  "$busybox" depmod -b "${mods%/lib/modules/*}" "${mods##*/}"
  fs=$k/initramfs; mkdir -p "$fs"/{bin,proc,sys,dev,host,mem,new} "$fs/lib/modules/${mods##*/}"
  cp "$busybox" "$fs/bin/"; cp "$mods/modules.dep" "$fs/lib/modules/${mods##*/}/"
  for m in virtio_pci virtio_console 9pnet_virtio 9p overlay dummy vivid; do
    grep -E "(^|/)$m\.ko[^:]*:" "$mods/modules.dep" | tr -d ':'
  done | tr ' ' '\n' | sort -u | sed '/^$/d' | (cd "$mods" && xargs cp --parents -t "$fs/lib/modules/${mods##*/}")
  cat >"$fs/init" <<'END'
#!/bin/busybox sh
/bin/busybox --install -s /bin; export PATH=/bin
mount -t proc proc /proc; mount -t sysfs sys /sys; mount -t devtmpfs dev /dev
fail() { echo "guest: $*" >/dev/console; poweroff -f; }
for m in virtio_pci virtio_console 9pnet_virtio 9p overlay dummy; do modprobe $m || fail "no module $m"; done
nine() { mount -t 9p -o trans=virtio,version=9p2000.L,msize=512000,$3 $1 "$2" || fail "cannot mount $1"; }
nine root /host ro,cache=loose
mount -t tmpfs -o size=75% mem /mem; mkdir /mem/up /mem/work
mount -t overlay -o lowerdir=/host,upperdir=/mem/up,workdir=/mem/work guest /new || fail "no overlay"
mkdir -p /new/run; mount -t tmpfs run /new/run; mkdir /new/run/guest
nine ctl /new/run/guest cache=none
. /new/run/guest/conf
i=0; while [ $i -lt $WRITABLE ]; do eval d=\$W$i; mkdir -p "/new$d"; nine w$i "/new$d" cache=none; i=$((i + 1)); done
[ $CAMERAS = 0 ] || modprobe vivid $VIVID || fail "cannot load vivid"
for p in /sys/class/virtio-ports/*; do read -r n <$p/name; eval $n=/dev/${p##*/}; done
. /new/run/guest/stage2
END
  chmod +x "$fs/init"
  (cd "$fs" && find . | "$busybox" cpio -o -H newc 2>/dev/null | gzip -1) >"$k/initramfs.gz"
  rm -rf "$fs" "$mods" "${k:?}/boot"; touch "$k/ok"
}

get_qemu
exec 9>&-

# ------------------------------------------------------------------ one run
run=$(mktemp -d "${TMPDIR:-/tmp}/v4l2-guest.XXXXXX"); ctl=$run/ctl; mkdir "$ctl"
pids=()
# shellcheck disable=SC2329  # the trap calls it
clean() { local p; for p in ${pids[@]+"${pids[@]}"}; do kill "$p" 2>/dev/null || :; done; rm -rf "$run"; }
trap clean EXIT
trap 'exit 130' INT; trap 'exit 143' TERM
each() { local i s=; for ((i = 0; i < cameras; i++)); do s+=${s:+,}$1; done; echo "$s"; }
vivid=("n_devs=$cameras" "node_types=$(each $nodes)" "num_inputs=$(each 1)" "input_types=$(each 0)" ${vivid[@]+"${vivid[@]}"})
{
  echo "CAMERAS=$cameras; VIVID='${vivid[*]}'; WRITABLE=${#writable[@]}"
  for i in "${!writable[@]}"; do printf 'W%d=%q\n' "$i" "${writable[$i]}"; done
} >"$ctl/conf"
{ export -p; printf 'cd %q || exit 125\nexec' "$PWD"; printf ' %q' "$@"; echo; } >"$ctl/cmd"
# the second stage: /new is the guest's root, $out and $err where output goes
cat >"$ctl/stage2" <<'END'
mkdir -p /new/proc /new/sys /new/dev
mount -t proc proc /new/proc; mount -t sysfs sys /new/sys; mount -t devtmpfs dev /new/dev
mkdir -p /new/dev/shm /new/dev/pts; mount -t tmpfs shm /new/dev/shm; mount -t devpts pts /new/dev/pts
ln -sf /proc/self/fd /new/dev/fd
for n in 0,stdin 1,stdout 2,stderr; do ln -sf /proc/self/fd/${n%,*} /new/dev/${n#*,}; done
hostname guest
ip link set lo up; ip addr add 192.0.2.10/24 dev dummy0; ip link set dummy0 up; ip route add default via 192.0.2.1
read -r up _ </proc/uptime; echo $up >/new/run/guest/up
chroot /new /bin/bash /run/guest/cmd </dev/null >$out 2>$err
echo $? >/new/run/guest/rc
read -r up _ </proc/uptime; echo $up >>/new/run/guest/up
sync; poweroff -f
END
mkfifo "$run/out" "$run/err"
cat <"$run/out" & catout=$!
cat <"$run/err" >&2 & caterr=$!
pids+=("$catout" "$caterr")
if grep -qwE 'vmx|svm' /proc/cpuinfo && [ -w /dev/kvm ]; then cpu=(-accel kvm -cpu host)
else cpu=(-accel "tcg,thread=multi" -cpu max); fi
shares=()
share() { # share TAG DIR OPTIONS
  shares+=(-fsdev "local,id=$1,path=${2//,/,,},security_model=none,multidevs=remap$3"
    -device "virtio-9p-pci,fsdev=$1,mount_tag=$1")
}
share root / ,readonly=on; share ctl "$ctl" ''
for i in "${!writable[@]}"; do share "w$i" "${writable[$i]}" ''; done
guest=("${qemu[@]}" -nodefaults -no-user-config -no-reboot -display none -nic none
  -M q35 "${cpu[@]}" -smp "$(nproc)" -m "$mem" -kernel "$cache/kernel/image" -initrd "$cache/kernel/initramfs.gz"
  -append "console=ttyS0 loglevel=5 panic=-1 mitigations=off nokaslr"
  -serial "file:$run/console" -device virtio-serial-pci "${shares[@]}"
  -chardev "file,id=out,path=$run/out" -device "virtserialport,chardev=out,name=out"
  -chardev "file,id=err,path=$run/err" -device "virtserialport,chardev=err,name=err")
say "starting qemu (${cpu[1]})"
set +e
timeout -k 5 "$limit" "${guest[@]}" </dev/null >"$run/log" 2>&1 &
pid=$!; pids+=("$pid"); wait "$pid"; code=$?
wait $catout $caterr
set -e
[ ! -s "$run/console" ] || cat "$run/console" >>"$run/log"
[ -z "$klog" ] || cp "$run/log" "$klog"
[ ! -e "$ctl/up" ] || say "the guest's uptime when CMD started and ended: $(paste -sd' ' "$ctl/up")"
say "the guest has stopped"
[ ! -s "$ctl/rc" ] || exit "$(<"$ctl/rc")"
case $code in 124 | 137) echo "$me: stopped after $limit s" >&2; exit 124 ;; esac
tail -40 "$run/log" >&2
die "the guest ended without an exit code (qemu: $code)"
