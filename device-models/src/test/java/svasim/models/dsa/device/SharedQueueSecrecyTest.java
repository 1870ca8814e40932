package svasim.models.dsa.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import svasim.models.MachineUnderTest;
import svasim.models.dsa.config.Configs;
import svasim.models.dsa.layout.Command;
import svasim.models.dsa.layout.CompletionRecord;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Opcode;
import svasim.models.dsa.layout.Register;
import svasim.pcie.tlp.Tlp;

/**
 * Two processes on one shared queue, at the same virtual addresses. Whatever they ask for, alone or
 * in batches whose members claim to be the other's, whatever faults, is unmapped or refused, and
 * whoever exits: no byte of one ever appears in the other.
 */
class SharedQueueSecrecyTest {
    private static final int[] PASIDS = {7, 8};
    private static final long MEMORY = 0x10_0000;
    private static final int PAGES = 8;
    private static final int BYTES = PAGES * 4096;
    private static final int DESCRIPTORS = 40;
    private static final long LIST = 0x40_0000;
    private static final long MEMBER_RECORDS = DsaUnderTest.RECORDS + 2048;

    /** Neither guard nor tags of a block are checked. */
    private static final int UNCHECKED = 0x60;

    private static final long MASKED = 0xffffL << 32;

    /** They write nothing but what they have read. */
    private static final Opcode[] OPERATIONS = {
        Opcode.MEMORY_MOVE,
        Opcode.COPY_WITH_CRC,
        Opcode.DUALCAST,
        Opcode.COMPARE,
        Opcode.COMPARE_PATTERN,
        Opcode.CRC_GENERATION,
        Opcode.DIF_CHECK,
        Opcode.DIF_STRIP,
        Opcode.CACHE_FLUSH
    };

    private Random random;
    private DsaUnderTest dsa;
    private MachineUnderTest machine;

    @Property(tries = 40)
    void shouldNeverShowOneProcessTheOthersMemory(@ForAll long seed) {
        prepare(seed);

        for (int i = 0; i < DESCRIPTORS; i++) {
            int pasid = PASIDS[random.nextInt(2)];
            long portal = Register.limitedPortal(0);
            Descriptor descriptor = descriptor(i, pasid);
            for (int tries = 0; tries < 100 && !dsa.enqueue(portal, descriptor); tries++) {
                machine.runFor(1_000_000);
            }
            machine.runFor(random.nextInt(2_000_000));
            disturb();
            if (random.nextInt(10) == 0) {
                exit();
            }
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
        for (int pasid : PASIDS) {
            machine.map(pasid, LIST, 4096);
        }
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

    /** An operation that makes no bytes of its own, or a batch of such. */
    private Descriptor descriptor(int number, int pasid) {
        if (random.nextInt(4) > 0) {
            return operation().completionAddress(record(number)).pasid(pasid).build();
        }
        int members = 2 + random.nextInt(6);
        for (int i = 0; i < members; i++) {
            Descriptor member =
                    operation()
                            .completionAddress(MEMBER_RECORDS + i * (long) CompletionRecord.BYTES)
                            .pasid(PASIDS[random.nextInt(2)])
                            .build();
            machine.store(pasid, LIST + (long) i * Descriptor.BYTES, member.toBytes());
        }
        return Descriptor.builder(Opcode.BATCH)
                .flags(DsaUnderTest.flags(false))
                .source(LIST)
                .size(members)
                .completionAddress(record(number))
                .pasid(pasid)
                .build();
    }

    private static long record(int number) {
        return DsaUnderTest.RECORDS + (long) number * CompletionRecord.BYTES;
    }

    private Descriptor.Builder operation() {
        Opcode opcode = OPERATIONS[random.nextInt(OPERATIONS.length)];
        boolean blocks = opcode == Opcode.DIF_STRIP || opcode == Opcode.DIF_CHECK;
        int size = blocks ? 520 * (1 + random.nextInt(15)) : 1 + random.nextInt(BYTES / 3);
        boolean block = random.nextBoolean();
        Descriptor.Builder made =
                Descriptor.builder(opcode)
                        .flags(DsaUnderTest.flags(block))
                        .source(address(size))
                        .destination(address(size))
                        .size(size);
        switch (opcode) {
            case COMPARE_PATTERN -> made.destination(0);
            case CACHE_FLUSH -> made.source(0);
            case CRC_GENERATION -> made.destination(0);
            case DIF_CHECK -> made.destination(0).dif(UNCHECKED, 0, 0).sourceTags(MASKED);
            case DIF_STRIP -> made.dif(UNCHECKED, 0, 0).sourceTags(MASKED);
            case DUALCAST -> made.destination(MEMORY + 17).destination2(MEMORY + BYTES / 2 + 17);
            default -> {
                // Reads one range and writes another.
            }
        }
        return made;
    }

    private long address(int size) {
        return MEMORY + random.nextInt(BYTES - size);
    }

    /** One of them exits: its work is ended, its memory goes; then the number is used again. */
    private void exit() {
        int pasid = PASIDS[random.nextInt(2)];
        dsa.command(random.nextBoolean() ? Command.ABORT_PASID : Command.DRAIN_PASID, pasid);
        for (int page = 0; page < PAGES; page++) {
            remove(pasid, MEMORY + page * 4096L);
        }
    }

    /** A page of one of them goes or comes. */
    private void disturb() {
        int pasid = PASIDS[random.nextInt(2)];
        long page = MEMORY + random.nextInt(PAGES) * 4096L;
        if (random.nextBoolean()) {
            present(pasid, page);
        } else {
            remove(pasid, page);
        }
    }

    private void remove(int pasid, long page) {
        if (machine.agent().physical(pasid, page) >= 0) {
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
