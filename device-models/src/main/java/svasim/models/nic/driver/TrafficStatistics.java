package svasim.models.nic.driver;

import org.HdrHistogram.Histogram;
import svasim.device.DriverHost;
import svasim.stats.Counter;
import svasim.units.Picoseconds;

/** What software sees of the card. */
final class TrafficStatistics {
    private static final long NOT_YET = -1;

    private final Histogram latency;
    private final Histogram map;
    private final Histogram unmap;
    private final Counter packets;
    private final Counter wrong;
    private final Counter lost;
    private final Counter bandwidth;
    private long bytes;
    private long firstPs = NOT_YET;

    TrafficStatistics(DriverHost host) {
        latency =
                latency(
                        host,
                        "packet",
                        "from when a packet was meant to come until software has it");
        map = latency(host, "map", "to get and map a page for a packet");
        unmap = latency(host, "unmap", "to unmap the page of a packet");
        packets = counter(host, "packets", "packets that software has received");
        wrong = counter(host, "wrong", "packets with other bytes than were sent");
        lost = counter(host, "lost", "packets that were dropped or failed");
        bandwidth =
                counter(
                        host,
                        "bandwidth.bps",
                        "bits of packets per second, from the first start to the last packet");
    }

    void began(long nowPs) {
        firstPs = firstPs == NOT_YET ? nowPs : firstPs;
    }

    void mapped(long tookPs) {
        map.recordValue(tookPs);
    }

    void unmapped(long tookPs) {
        unmap.recordValue(tookPs);
    }

    /** Software has a packet. */
    void ended(long intendedPs, long nowPs, int packetBytes) {
        if (packetBytes == 0) {
            return;
        }
        latency.recordValue(Math.max(0, nowPs - intendedPs));
        packets.increment();
        bytes += packetBytes;
        double bits = (double) bytes * Byte.SIZE;
        long bps = Math.round(bits / (nowPs - firstPs) * Picoseconds.PER_SECOND);
        bandwidth.add(bps - bandwidth.value());
    }

    /** Traffic is over. */
    void over(long wrongPackets, long lostPackets) {
        wrong.add(wrongPackets);
        lost.add(lostPackets);
    }

    private static Histogram latency(DriverHost host, String what, String description) {
        return host.statistics().latency(host.name() + "." + what + ".latency.ps", description);
    }

    private static Counter counter(DriverHost host, String what, String description) {
        return host.statistics().counter(host.name() + ".job." + what, description);
    }
}
