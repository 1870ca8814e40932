package svasim.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import svasim.bench.micro.KernelWorkload;

class KernelMeasurementTest {
    @Test
    void shouldPrintTheLineThatPeersPrint() {
        String line = new KernelMeasurement(KernelWorkload.COMP, 64, 1_000_000, 100_000).measure();

        assertTrue(
                line.matches(
                        "peer=svasim variant=wheel-\\w+ workload=comp N=64 events_per_s=\\d+"
                                + " ns_per_event=\\d+\\.\\d alloc_b_per_event=0\\.\\d{3}"
                                + " jdk=\\d+ hash=64df24d39e3bafb8"),
                line);
    }
}
