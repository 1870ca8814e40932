#!/bin/sh
# A real Slurm on this machine for a test: "one-node.sh start DIR" and "one-node.sh stop DIR". As
# root, with the Debian packages slurmctld, slurmd, slurm-client and munge; no systemd. DIR must not
# exist; DIR/slurm.conf is what SLURM_CONF has to name.
set -eu
action=$1
dir=$2

start() {
    mkdir -p "$dir/state" "$dir/spool" "$dir/run"
    name=$(hostname)
    cat >"$dir/slurm.conf" <<END
ClusterName=one
SlurmctldHost=$name(127.0.0.1)
SlurmctldPort=16817
SlurmdPort=16818
AuthType=auth/munge
AuthInfo=socket=$dir/run/munge.socket
CryptoType=crypto/munge
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool
SlurmctldPidFile=$dir/run/ctld.pid
SlurmdPidFile=$dir/run/d.pid
SlurmctldLogFile=$dir/ctld.log
SlurmdLogFile=$dir/d.log
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
NodeName=$name NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=p Nodes=$name Default=YES MaxTime=INFINITE State=UP
END
    export SLURM_CONF="$dir/slurm.conf"
    head -c 1024 /dev/urandom >"$dir/run/munge.key"
    chmod 600 "$dir/run/munge.key"
    munged --force --key-file="$dir/run/munge.key" --socket="$dir/run/munge.socket" \
        --pid-file="$dir/run/munged.pid" --log-file="$dir/munged.log" \
        --seed-file="$dir/run/munge.seed"
    slurmctld -f "$SLURM_CONF"
    slurmd -f "$SLURM_CONF"
    for _ in $(seq 60); do
        if sinfo -h -o %T 2>/dev/null | grep -q idle; then
            return
        fi
        sleep 1
    done
    echo "the node does not become idle; see the logs in $dir" >&2
    exit 1
}

stop() {
    for daemon in d ctld munged; do
        if [ -f "$dir/run/$daemon.pid" ]; then
            kill "$(cat "$dir/run/$daemon.pid")" || true
        fi
    done
}

$action
