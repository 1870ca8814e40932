package svasim.bench.micro;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import svasim.kernel.Kernel;

class KernelWorkloadTest {
    /** Hashes that every kernel prints which keeps the order of (time, order of scheduling). */
    @ParameterizedTest
    @CsvSource({
        "EXP, 64, 737dedcf1b109aeb",
        "EXP, 1024, 92a8bdeb4f6a9c4c",
        "EXP, 65536, 8a3f6acc91c82458",
        "BIMODAL, 64, 3de4bee3956d8d9e",
        "BIMODAL, 1024, 64b08ac8f0ef1450",
        "BIMODAL, 65536, 9c462f551401a1bf",
        "COMP, 64, 64df24d39e3bafb8",
        "COMP, 1024, 56b684201b6c1780",
        "COMP, 16384, 7646791284b14744",
        "COMP, 65536, 795cccf9c12661af",
        "COMPPS, 64, 12746fb2c31378a0",
        "COMPPS, 1024, 7b5dc07b57eba704",
        "COMPPS, 16384, 57ca19ad0b582a7b",
        "COMPPS, 65536, 32b64a5f5e82437b"
    })
    void shouldFireTheFirstMillionEventsInTheAgreedOrder(
            KernelWorkload workload, int pending, String hash) {
        Kernel kernel = new Kernel();
        Meter meter = new Meter();
        workload.start(kernel, meter, pending);

        kernel.run(Long.MAX_VALUE, Meter.HASHED);

        assertEquals(hash, String.format("%016x", meter.hash()));
        assertEquals(pending, kernel.eventsPending());
    }
}
