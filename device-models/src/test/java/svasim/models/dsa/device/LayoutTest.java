package svasim.models.dsa.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import svasim.models.dsa.layout.Command;
import svasim.models.dsa.layout.CompletionRecord;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Flags;
import svasim.models.dsa.layout.Opcode;
import svasim.models.dsa.layout.QueueState;
import svasim.models.dsa.layout.Register;
import svasim.models.dsa.layout.Status;
import svasim.models.dsa.layout.Wqcfg;

/** Literal bytes, so that driver and device cannot agree on a wrong layout. */
class LayoutTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void shouldPlaceTheFieldsOfAMemoryMove() {
        Descriptor move =
                Descriptor.builder(Opcode.MEMORY_MOVE)
                        .pasid(0x12345)
                        .flags(
                                Flags.BLOCK_ON_FAULT
                                        | Flags.COMPLETION_ADDRESS_VALID
                                        | Flags.REQUEST_COMPLETION_RECORD
                                        | Flags.CACHE_CONTROL)
                        .completionAddress(0x7f00_1122_3340L)
                        .source(0x7f01_0000_0010L)
                        .destination(0x7f02_0000_0020L)
                        .size(0x2_0000)
                        .build();

        assertEquals(
                "45230100"
                        + "0e010003"
                        + "40332211007f0000"
                        + "10000000017f0000"
                        + "20000000027f0000"
                        + "00000200"
                        + "00000000"
                        + "00".repeat(24),
                HEX.formatHex(move.toBytes()));
    }

    @Test
    void shouldReadTheFieldsOfACopyWithCrc() {
        byte[] bytes =
                HEX.parseHex(
                        "010000800c000211"
                                + "2000000000000000"
                                + "00100000000000ff"
                                + "0020000000000000"
                                + "ffffffff0500"
                                + "0000"
                                + "efbeadde"
                                + "00".repeat(20));

        Descriptor copy = new Descriptor(bytes);

        assertEquals(1, copy.pasid());
        assertTrue(copy.privileged());
        assertEquals(Opcode.COPY_WITH_CRC, Opcode.of(copy.opcode()));
        assertTrue(copy.has(Flags.CRC_BYPASS_INVERSION));
        assertFalse(copy.has(Flags.BLOCK_ON_FAULT));
        assertEquals(0x20, copy.completionAddress());
        assertEquals(0xff00_0000_0000_1000L, copy.source());
        assertEquals(0x2000, copy.destination());
        assertEquals(0xffff_ffffL, copy.size());
        assertEquals(5, copy.interruptHandle());
        assertEquals(0xdeadbeef, copy.crcSeed());
    }

    @Test
    void shouldWriteTheRecordOfAWriteFaultAsSeenInTheField() {
        CompletionRecord record =
                new CompletionRecord(Status.PAGE_FAULT, true, 0, 0, 0x2000_0020_0000L, 0, 0);

        byte[] bytes = record.toBytes();

        assertEquals(
                "8300000000000000" + "0000200000200000" + "00".repeat(16), HEX.formatHex(bytes));
        assertEquals(record, CompletionRecord.fromBytes(bytes));
    }

    @Test
    void shouldWriteResultBytesAndSpecificPartOfTheRecord() {
        CompletionRecord record =
                new CompletionRecord(Status.SUCCESS, false, 1, 0x1234_5678L, 0, 0xe306_9283L, 0);

        assertEquals(
                "0101000078563412" + "0000000000000000" + "839206e300000000" + "00".repeat(8),
                HEX.formatHex(record.toBytes()));
    }

    @Test
    void shouldPlaceModePriorityAndPasidOfAQueue() {
        Wqcfg config =
                new Wqcfg()
                        .size(32)
                        .mode(Wqcfg.DEDICATED | Wqcfg.BLOCK_ON_FAULT, 10)
                        .pasid(0xabcde)
                        .limits(21, 5);

        assertEquals(32, config.dword(0));
        assertEquals(0x1abc_dea3, config.dword(8));
        assertEquals(0xb5, config.dword(12));
        assertEquals(0xabcde, config.pasid());
        assertEquals(10, config.priority());
        assertEquals(21, config.maxTransferShift());
    }

    @Test
    void shouldShowTheStateOfAQueueInBits31And30() {
        assertEquals(0x4000_0000, Wqcfg.stateDword(QueueState.ENABLED));
        assertEquals(QueueState.DRAINING, Wqcfg.state(0x8000_0000));
    }

    @Test
    void shouldComposeCommands() {
        assertEquals(0x80a0_0004L, Register.command(Command.RESET_WQ, Register.queueBit(2), true));
        assertEquals(0x00b1_2345L, Register.command(Command.DRAIN_PASID, 0x12345, false));
        assertEquals(0x7ffeL, Command.capability());
    }

    @Test
    void shouldListOperationsInTheCapabilityRegister() {
        assertEquals(0x1_003f_03ffL, Opcode.capabilityWord(0, 1));
        assertEquals(0, Opcode.capabilityWord(1, 1));
    }

    @Test
    void shouldKeepTheFirstSoftwareErrorAndNoteOverflow() {
        SoftwareError error = new SoftwareError();
        WorkQueue queue = new WorkQueue(3);
        Descriptor descriptor = Descriptor.builder(Opcode.MEMORY_MOVE).build();
        Work work = new Work(1, 0, queue, descriptor, 0x42, false, null, 0);
        CompletionRecord record =
                new CompletionRecord(Status.RECORD_NOT_TRANSLATED, true, 0, 0, 0x7000, 0, 0);

        error.report(work, record);
        error.refused(1, Status.HARDWARE_ERROR);

        assertArrayEquals(
                new long[] {0x0000_4203_0003_1a2fL, 0, 0x7000, 0},
                new long[] {
                    error.quadword(0), error.quadword(1), error.quadword(2), error.quadword(3)
                });

        error.clear(3);

        assertEquals(0, error.quadword(0) & 3);
    }
}
