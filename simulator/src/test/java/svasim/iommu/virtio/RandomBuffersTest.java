package svasim.iommu.virtio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.Explanation;
import svasim.iommu.core.UnitBench;
import svasim.paging.Access;
import svasim.pcie.tlp.PasidPrefix;

/**
 * Whatever a driver leaves in requests, descriptors and registers, the device answers and never
 * stops. {@code -Dsvasim.cases=1000000} runs as many cases as wanted.
 */
class RandomBuffersTest {
    private static final int CASES = Integer.getInteger("svasim.cases", 3_000);
    private static final long PAGE = 0x1000;

    private final SplittableRandom random = new SplittableRandom(29);
    private final VirtioUnderTest unit = VirtioUnderTest.started();

    private long address() {
        return random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(8) * PAGE;
    }

    private byte[] request() {
        int domain = random.nextInt(3);
        int endpoint = random.nextInt(3);
        byte[] request =
                switch (random.nextInt(6)) {
                    case 0 -> VirtioUnderTest.attach(domain, endpoint, random.nextInt(2));
                    case 1 -> VirtioUnderTest.detach(domain, endpoint);
                    case 2 -> VirtioUnderTest.unmap(domain, address(), address() + PAGE - 1);
                    case 3 -> VirtioUnderTest.probe(endpoint);
                    default -> map(domain);
                };
        if (random.nextInt(8) == 0) {
            request[random.nextInt(request.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return request;
    }

    private byte[] map(int domain) {
        long start = random.nextInt(8) * PAGE;
        long end = start + (1 + random.nextInt(3)) * PAGE - 1;
        return VirtioUnderTest.map(domain, start, end, address() & -PAGE, random.nextInt(4));
    }

    @Test
    void shouldAnswerOverTimeWhatTheMappingsSayAtOnce() {
        for (int i = 0; i < CASES; i++) {
            unit.send(request(), random.nextInt(600));
            unit.bench.settle();
            int access = random.nextBoolean() ? Access.READ : Access.WRITE;
            compare(random.nextInt(3), address(), access, i);
        }
        assertEquals("", unit.device.waitingFor());
    }

    private void compare(int endpoint, long address, int access, int number) {
        Explanation expected = unit.device.explain(endpoint, PasidPrefix.NONE, address, access);
        UnitBench.Outcome found = unit.access(endpoint, address, access);
        assertEquals(expected.faultCode(), found.code(), "case " + number);
        if (found.translated()) {
            assertEquals(expected.address(), found.address(), "case " + number);
        }
    }

    @Test
    void shouldSurviveAnyDescriptorAndRegister() {
        for (int i = 0; i < CASES; i++) {
            int queue = random.nextInt(2);
            unit.descriptor(
                    queue,
                    random.nextInt(VirtioUnderTest.QUEUE_SIZE),
                    address(),
                    random.nextInt(200),
                    random.nextInt());
            unit.available(queue, random.nextInt(20));
            unit.notifyDevice(queue);
            if (random.nextInt(3) == 0) {
                int bytes = 1 << random.nextInt(4);
                unit.device.writeRegister(random.nextInt(0x140) & -bytes, bytes, random.nextLong());
                unit.device.readRegister(random.nextInt(0x140) & -bytes, bytes);
            }
            unit.access(random.nextInt(3), address(), Access.READ);
            if (random.nextInt(4) == 0) {
                unit.write(RegisterOffset.STATUS, 0);
                unit.start(VirtioUnderTest.FEATURES);
            }
        }
        unit.write(RegisterOffset.STATUS, 0);
        assertEquals("", unit.device.waitingFor());
    }
}
