package svasim.models.dsa.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import svasim.models.MachineUnderTest;
import svasim.models.dsa.config.Configs;
import svasim.models.dsa.layout.CompletionRecord;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Register;
import svasim.pcie.tlp.Tlp;

/**
 * Two processes on one shared queue, at the same virtual addresses. Whatever faults, is unmapped,
 * refused or resubmitted: no byte of one ever appears in the other.
 */
class SharedQueueSecrecyTest {
    private static final int[] PASIDS = {7, 8};
    private static final long MEMORY = 0x10_0000;
    private static final int PAGES = 8;
    private static final int BYTES = PAGES * 4096;
    private static final int DESCRIPTORS = 40;

    private Random random;
    private DsaUnderTest dsa;
    private MachineUnderTest machine;

    @Property(tries = 60)
    void shouldNeverShowOneProcessTheOthersMemory(@ForAll long seed) {
        prepare(seed);

        for (int i = 0; i < DESCRIPTORS; i++) {
            int pasid = PASIDS[random.nextInt(2)];
            long portal = Register.limitedPortal(0);
            Descriptor descriptor = descriptor(i).pasid(pasid).build();
            for (int tries = 0; tries < 100 && !dsa.enqueue(portal, descriptor); tries++) {
                machine.runFor(1_000_000);
            }
            machine.runFor(random.nextInt(2_000_000));
            disturb();
            check();
        }
        machine.run();

        check();
        assertEquals(List.of(), machine.device().waitingFor());
        assertEquals(0, machine.agent().answersOwed());
    }

    private void prepare(long seed) {
        random = new Random(seed);
        dsa = DsaUnderTest.ready(Configs.queues(Configs.shared(8, 6)));
        machine = dsa.machine();
        machine.map(PASIDS[1], DsaUnderTest.RECORDS, 4096);
        machine.agent()
                .onPageRequest(
                        (pasid, page, write) -> {
                            if (random.nextInt(4) == 0) {
                                return Tlp.PageGroupResponse.INVALID_REQUEST;
                            }
                            present(pasid, page);
                            return Tlp.PageGroupResponse.SUCCESS;
                        });
    }

    private Descriptor.Builder descriptor(int number) {
        int size = 1 + random.nextInt(BYTES / 3);
        long from = MEMORY + random.nextInt(BYTES - size);
        long to = MEMORY + random.nextInt(BYTES - size);
        return DsaUnderTest.move(from, to, size, random.nextBoolean())
                .completionAddress(DsaUnderTest.RECORDS + (long) number * CompletionRecord.BYTES);
    }

    /** A page of one of them goes or comes. */
    private void disturb() {
        int pasid = PASIDS[random.nextInt(2)];
        long page = MEMORY + random.nextInt(PAGES) * 4096L;
        if (random.nextBoolean()) {
            present(pasid, page);
        } else if (machine.agent().physical(pasid, page) >= 0) {
            machine.agent().unmap(pasid, page, MachineUnderTest.RID);
        }
    }

    /** Bytes of the process with the odd PASID are odd, those of the other even. */
    private void present(int pasid, long va) {
        if (machine.agent().physical(pasid, va) < 0) {
            machine.map(pasid, va, 1);
            byte[] own = new byte[4096];
            for (int i = 0; i < own.length; i++) {
                own[i] = (byte) (random.nextInt(64) * 2 + (pasid & 1));
            }
            machine.store(pasid, va & -4096L, own);
        }
    }

    private void check() {
        for (int pasid : PASIDS) {
            for (long va = MEMORY; va < MEMORY + BYTES; va += 4096) {
                if (machine.agent().physical(pasid, va) >= 0) {
                    for (byte b : machine.load(pasid, va, 4096)) {
                        assertTrue((b & 1) == (pasid & 1), "PASID " + pasid + " has byte " + b);
                    }
                }
            }
        }
    }
}
