package svasim.models.dsa.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static svasim.models.MachineUnderTest.PASID;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import svasim.models.MachineUnderTest;
import svasim.models.dsa.config.Configs;
import svasim.models.dsa.layout.Command;
import svasim.models.dsa.layout.CompletionRecord;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Flags;
import svasim.models.dsa.layout.Opcode;
import svasim.models.dsa.layout.Register;
import svasim.models.dsa.layout.Status;
import svasim.models.dsa.operation.Continuation;

/** Batches: their lists, members, fences and ends. */
class BatchTest {
    private static final long LIST = 0x40_0000;
    private static final long MEMORY = 0x10_0000;
    private static final long MISSING = 0x50_0000;
    private static final long MEMBER_RECORDS = DsaUnderTest.RECORDS + 2048;
    private static final int MEMBER_FLAGS = DsaUnderTest.flags(false);

    private DsaUnderTest dsa;
    private MachineUnderTest machine;

    @BeforeEach
    void prepare() {
        use(DsaUnderTest.ready());
    }

    private void use(DsaUnderTest device) {
        dsa = device;
        machine = dsa.machine();
        machine.map(PASID, LIST, 2 * 4096);
        machine.map(PASID, MEMORY, 4 * 4096);
    }

    private static Descriptor.Builder batch(int count) {
        return Descriptor.builder(Opcode.BATCH)
                .flags(DsaUnderTest.flags(false))
                .source(LIST)
                .size(count);
    }

    /** Member {@code i} fills one line with its number. */
    private static Descriptor.Builder fill(int i) {
        return Descriptor.builder(Opcode.FILL)
                .flags(MEMBER_FLAGS)
                .source(0x0101_0101_0101_0101L * (i & 0x7f))
                .destination(MEMORY + i * 64L)
                .size(64);
    }

    private void list(Descriptor.Builder... members) {
        for (int i = 0; i < members.length; i++) {
            Descriptor member = members[i].completionAddress(record(i)).build();
            machine.store(PASID, LIST + i * 64L, member.toBytes());
        }
    }

    private static long record(int member) {
        return MEMBER_RECORDS + member % 64 * 32L;
    }

    private Status status(int member) {
        return dsa.record(record(member)).status();
    }

    private void assertFilled(int member) {
        byte[] expected = new byte[64];
        Arrays.fill(expected, (byte) (member & 0x7f));
        assertArrayEquals(expected, machine.load(PASID, MEMORY + member * 64L, 64));
    }

    @ParameterizedTest
    @CsvSource({"2", "5", "64", "65", "128"})
    void shouldCarryOutEveryMember(int count) {
        Descriptor.Builder[] members = new Descriptor.Builder[count];
        Arrays.setAll(members, BatchTest::fill);
        list(members);

        CompletionRecord record = dsa.carryOut(batch(count));

        assertEquals(Status.SUCCESS, record.status());
        assertEquals(count, record.bytesCompleted());
        for (int i = 0; i < count; i++) {
            assertFilled(i);
        }
        assertEquals(List.of(), machine.device().waitingFor());
    }

    @Test
    void shouldEndAfterAllItsMembersAndTellThatOneFailed() {
        list(fill(0), fill(1).destination(MISSING), fill(2), fill(3));

        CompletionRecord record = dsa.carryOut(batch(4));

        assertEquals(Status.BATCH_INCOMPLETE, record.status());
        assertEquals(4, record.bytesCompleted());
        assertEquals(Status.PAGE_FAULT, status(1));
        assertEquals(Status.SUCCESS, status(3));
    }

    /** The second copies what the first has made. */
    @Test
    void shouldNotBeginAMemberBehindAFenceBeforeAllOthersHaveEnded() {
        Descriptor.Builder slow =
                Descriptor.builder(Opcode.FILL)
                        .flags(MEMBER_FLAGS)
                        .source(-1)
                        .destination(MEMORY)
                        .size(8192);
        Descriptor.Builder copy =
                DsaUnderTest.move(MEMORY + 8191, MEMORY + 8192, 1, false)
                        .flags(MEMBER_FLAGS | Flags.FENCE);
        list(slow, copy);

        dsa.carryOut(batch(2));

        assertEquals(-1, machine.load(PASID, MEMORY + 8192, 1)[0]);
    }

    @Test
    void shouldLeaveOutWhatStandsBehindAFenceIfSomethingBeforeItFailed() {
        list(
                fill(0),
                fill(1).destination(MISSING),
                fill(2).flags(MEMBER_FLAGS | Flags.FENCE),
                fill(3));

        CompletionRecord record = dsa.carryOut(batch(4));

        assertEquals(Status.BATCH_INCOMPLETE, record.status());
        assertEquals(2, record.bytesCompleted());
        assertEquals(Status.NONE, status(2));
        assertEquals(Status.NONE, status(3));
        assertEquals(List.of(), machine.device().waitingFor());
    }

    @Test
    void shouldTellHowFarItCameWhenAPageOfTheListIsMissingAndGoOnFromThere() {
        Descriptor.Builder[] members = new Descriptor.Builder[66];
        Arrays.setAll(members, BatchTest::fill);
        list(members);
        byte[] second = machine.load(PASID, LIST + 4096, 4096);
        machine.agent().unmap(PASID, LIST + 4096, MachineUnderTest.RID);
        machine.run();
        Descriptor.Builder all = batch(66);
        Descriptor handedIn = all.build();

        CompletionRecord record = dsa.carryOut(all);

        assertEquals(Status.BATCH_LIST_FAULT, record.status());
        assertEquals(64, record.bytesCompleted());
        assertEquals(LIST + 4096, record.faultAddress());
        assertFilled(63);
        machine.map(PASID, LIST + 4096, 1);
        machine.store(PASID, LIST + 4096, second);
        CompletionRecord rest = dsa.carryOut(Continuation.rest(handedIn, record).toBuilder());
        assertEquals(Status.SUCCESS, rest.status());
        assertEquals(2, rest.bytesCompleted());
        assertFilled(65);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0x14", "1, 0, 0x14", "1025, 0, 0x14", "2, 32, 0x18"})
    void shouldRefuseListsThatItCannotHave(int count, int offset, String status) {
        CompletionRecord record = dsa.carryOut(batch(count).source(LIST + offset));

        assertEquals(Integer.decode(status), record.status().code());
    }

    @Test
    void shouldRefuseABatchOrADrainWithinABatch() {
        list(
                Descriptor.builder(Opcode.BATCH).flags(MEMBER_FLAGS).source(LIST).size(2),
                Descriptor.builder(Opcode.DRAIN).flags(MEMBER_FLAGS));

        CompletionRecord record = dsa.carryOut(batch(2));

        assertEquals(Status.BATCH_INCOMPLETE, record.status());
        assertEquals(Status.UNSUPPORTED_OPCODE, status(0));
        assertEquals(Status.UNSUPPORTED_OPCODE, status(1));
    }

    /** More batches than an engine has room for; members must not wait for the room of batches. */
    @Test
    void shouldNotChokeOnManyBatchesAtOnce() {
        use(DsaUnderTest.ready(Configs.oneEngine(Configs.sized(16))));
        list(fill(0), fill(1), fill(2), fill(3));
        long last = 0;
        for (int i = 0; i < 8; i++) {
            last = dsa.submit(batch(4));
        }
        machine.run();

        assertEquals(Status.SUCCESS, dsa.record(last).status());
    }

    @Test
    void shouldAbortABatchWithItsMembers() {
        machine.agent().hold();
        list(
                DsaUnderTest.move(MISSING, MEMORY, 64, true),
                DsaUnderTest.move(MISSING + 4096, MEMORY, 64, true));
        long record = dsa.submit(batch(2));
        machine.runFor(20_000_000);

        dsa.begin(Command.ABORT_WQ, Register.queueBit(0));
        machine.runFor(20_000_000);

        assertFalse(dsa.isCommandActive());
        machine.agent().release();
        machine.run();
        assertEquals(Status.NONE, dsa.record(record).status());
        assertEquals(List.of(), machine.device().waitingFor());
    }
}
