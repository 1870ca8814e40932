package svasim.iommu.virtio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.SplittableRandom;
import svasim.iommu.core.HostileUnit;
import svasim.iommu.core.Iommu;
import svasim.iommu.core.RandomPages;
import svasim.iommu.core.RandomWordsContract;
import svasim.iommu.core.UnitBench;
import svasim.pcie.tlp.PasidPrefix;

/** Random requests instead of tables, and random descriptors in the queues. */
class RandomWordsTest extends RandomWordsContract {
    private static final long PAGE = 0x1000;

    @Override
    protected HostileUnit create() {
        var hostile = new Hostile(new VirtioUnderTest(), new SlowDevice(Hostile.ENDPOINT));
        hostile.program();
        return hostile;
    }

    private record Hostile(VirtioUnderTest unit, SlowDevice slow) implements HostileUnit {
        private static final int ENDPOINT = 1;

        @Override
        public UnitBench bench() {
            return unit.bench;
        }

        @Override
        public Iommu iommu() {
            return unit.device;
        }

        @Override
        public int requesterId() {
            return ENDPOINT;
        }

        @Override
        public int pasid() {
            return PasidPrefix.NONE;
        }

        @Override
        public List<Long> configuration() {
            return List.of();
        }

        @Override
        public List<Long> pageTables() {
            return List.of();
        }

        @Override
        public void program() {
            unit.write(RegisterOffset.STATUS, 0);
            unit.bypass(0);
            slow.reset();
            unit.start(VirtioUnderTest.FEATURES);
            send(VirtioUnderTest.attach(0, ENDPOINT, 0));
            long start = RandomPages.IOVA;
            send(VirtioUnderTest.map(0, start, start + 0xFFF, RandomPages.OUTPUT, 3));
        }

        /** The status of a request, which has to be that of the slow device. */
        private Status send(byte[] request) {
            Status found = unit.request(request);
            assertEquals(slow.request(request), found);
            return found;
        }

        @Override
        public void changeMappings(SplittableRandom random) {
            send(request(random));
        }

        @Override
        public void spoilRegisters(SplittableRandom random) {
            send(request(random));
        }

        private static byte[] request(SplittableRandom random) {
            int domain = random.nextInt(3);
            int endpoint = random.nextInt(3);
            byte[] request =
                    switch (random.nextInt(8)) {
                        case 0 -> VirtioUnderTest.attach(domain, endpoint, random.nextInt(8) / 7);
                        case 1 -> VirtioUnderTest.detach(domain, endpoint);
                        case 2, 3 -> {
                            long start = address(random);
                            yield VirtioUnderTest.unmap(domain, start, start + PAGE - 1);
                        }
                        default -> map(domain, random);
                    };
            if (random.nextInt(8) == 0) {
                int at = 4 + random.nextInt(request.length - 4);
                request[at] ^= (byte) (1 << random.nextInt(8));
            }
            return request;
        }

        private static byte[] map(int domain, SplittableRandom random) {
            long start = address(random);
            long end = start + (1 + random.nextInt(3)) * PAGE - 1;
            long physical = random.nextInt(1 << 20) * PAGE;
            return VirtioUnderTest.map(domain, start, end, physical, random.nextInt(4));
        }

        private static long address(SplittableRandom random) {
            return RandomPages.IOVA + (random.nextInt(4) - 1) * PAGE;
        }

        /** The device caches nothing that software would have to remove by other means. */
        @Override
        public void forget() {}

        /** A request of random bytes, or a chain of random descriptors. */
        @Override
        public boolean command(SplittableRandom random) {
            int before = unit.returned(VirtioUnderTest.REQUESTS);
            if (random.nextBoolean()) {
                byte[] request = request(random);
                request[random.nextInt(request.length)] = (byte) random.nextInt();
                unit.send(request, random.nextInt(600));
            } else {
                chain(random);
            }
            unit.bench.settle();
            boolean returned = unit.returned(VirtioUnderTest.REQUESTS) != before;
            if ((unit.register(RegisterOffset.STATUS) & DeviceStatus.NEEDS_RESET) != 0) {
                program();
            }
            return returned;
        }

        private void chain(SplittableRandom random) {
            for (int links = random.nextInt(4); links >= 0; links--) {
                unit.descriptor(
                        VirtioUnderTest.REQUESTS,
                        random.nextInt(VirtioUnderTest.QUEUE_SIZE),
                        random.nextInt(4) == 0 ? random.nextLong() : 0x200_0000L,
                        random.nextInt(200),
                        random.nextInt() & 0x1F_0007);
            }
            unit.available(VirtioUnderTest.REQUESTS, random.nextInt(20));
            unit.notifyDevice(VirtioUnderTest.REQUESTS);
        }

        @Override
        public long register(SplittableRandom random) {
            return random.nextInt(0x140);
        }
    }
}
