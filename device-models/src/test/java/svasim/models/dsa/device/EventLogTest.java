package svasim.models.dsa.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.models.MachineUnderTest.PASID;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.models.MachineUnderTest;
import svasim.models.dsa.config.Configs;
import svasim.models.dsa.layout.Command;
import svasim.models.dsa.layout.CompletionRecord;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.EventLogEntry;
import svasim.models.dsa.layout.EventLogRegister;
import svasim.models.dsa.layout.Flags;
import svasim.models.dsa.layout.Opcode;
import svasim.models.dsa.layout.Register;
import svasim.models.dsa.layout.Status;
import svasim.pcie.tlp.PasidPrefix;

/** What goes to the event log, and what becomes of those whose entry finds no room. */
class EventLogTest {
    private static final long LOG = 0x4000_0000L;
    private static final long MISSING = 0x7000_0000_0000L;
    private static final long VECTOR = 0xfee0_0000L;
    private static final int SIZE = 64;

    private DsaUnderTest dsa;
    private MachineUnderTest machine;

    @BeforeEach
    void prepare() {
        dsa = DsaUnderTest.ready(Configs.secondGeneration(Configs.withoutPageRequests()));
        machine = dsa.machine();
        machine.map(PasidPrefix.NONE, LOG, 4096);
        dsa.command(Command.DISABLE_DEVICE, 0);
        machine.write64(0, Register.EVLCFG, LOG);
        machine.write64(0, Register.EVLCFG + 8, EventLogRegister.ofSize(SIZE));
        machine.write64(0, Register.GENCFG, Register.GENCFG_EVENT_LOG);
        machine.write64(0, Register.GENCTRL, Register.GENCTRL_LOG_INTERRUPT);
        machine.write64(0, Register.MSIX_TABLE, VECTOR);
        machine.write64(0, Register.MSIX_TABLE + 8, 0x41);
        dsa.command(Command.ENABLE_DEVICE, 0);
        dsa.command(Command.ENABLE_WQ, 0);
    }

    private static Descriptor.Builder noOp(long record) {
        return Descriptor.builder(Opcode.NO_OP)
                .flags(DsaUnderTest.flags(false))
                .completionAddress(record);
    }

    private void submit(Descriptor.Builder descriptor) {
        dsa.submitRaw(descriptor.build());
        machine.run();
    }

    private EventLogEntry entry(int index) {
        long at = LOG + (long) index * EventLogEntry.BYTES;
        return EventLogEntry.fromBytes(machine.load(PasidPrefix.NONE, at, EventLogEntry.BYTES));
    }

    private int tail() {
        return EventLogRegister.tail(machine.read(0, Register.EVLSTATUS, 8));
    }

    private void take(int head, boolean acknowledge) {
        machine.write64(0, Register.EVLSTATUS, EventLogRegister.ofHead(head, acknowledge));
        machine.run();
    }

    @Test
    void shouldLogTheRecordThatItCannotWrite() {
        submit(noOp(MISSING));

        EventLogEntry logged = entry(0);
        assertEquals(1, tail());
        assertEquals(Status.RECORD_NOT_TRANSLATED, logged.error());
        assertTrue(logged.write());
        assertEquals(PASID, logged.pasid());
        assertEquals(MISSING, logged.faultAddress());
        assertEquals(CompletionRecord.of(Status.SUCCESS), logged.record());
        assertEquals(EventLogEntry.RECORD_WANTED, logged.info());
        assertNull(logged.batch());
        assertEquals(0, dsa.softwareError() & 1, "not in SWERR as well");
    }

    @Test
    void shouldInterruptOnceUntilSoftwareAcknowledges() {
        submit(noOp(MISSING));
        submit(noOp(MISSING));
        assertEquals(List.of(0x41), machine.interrupts());
        assertEquals(Register.INTCAUSE_LOG, machine.read(0, Register.INTCAUSE, 8));

        take(2, true);
        submit(noOp(MISSING));

        assertEquals(List.of(0x41, 0x41), machine.interrupts());
    }

    @Test
    void shouldLogWhatHasNoPlaceForARecord() {
        submit(Descriptor.builder(Opcode.NO_OP).flags(Flags.REQUEST_COMPLETION_RECORD));
        submit(noOp(DsaUnderTest.RECORDS + 8));

        assertEquals(Status.INVALID_FLAGS, entry(0).error());
        assertEquals(Flags.REQUEST_COMPLETION_RECORD, entry(0).info());
        assertEquals(Status.RECORD_MISALIGNED, entry(1).error());
    }

    /** One entry of the ring always stays empty. */
    @Test
    void shouldHoldDescriptorsWhoseEntryFindsNoRoom() {
        for (int i = 0; i < SIZE + 2; i++) {
            submit(noOp(MISSING + i * 32L));
        }
        assertEquals(SIZE - 1, tail());

        dsa.begin(Command.DRAIN_ALL, 0);
        machine.run();
        assertTrue(dsa.isCommandActive());

        take(2, false);
        assertTrue(dsa.isCommandActive());
        assertEquals(1, tail());
        take(10, false);
        assertEquals(2, tail());
        assertEquals(MISSING + (SIZE + 1) * 32L, entry(1).faultAddress());
        assertTrue(!dsa.isCommandActive());
    }

    @Test
    void shouldEndDescriptorsThatWaitForRoomWhenTheyAreAborted() {
        for (int i = 0; i < SIZE + 2; i++) {
            submit(noOp(MISSING));
        }

        dsa.begin(Command.ABORT_ALL, 0);
        machine.run();

        assertTrue(!dsa.isCommandActive());
        take(5, true);
        assertEquals(SIZE - 1, tail());
    }

    @Test
    void shouldNotWriteTheRecordOfADrainBeforeThoseThatSoftwareHasToWrite() {
        submit(noOp(MISSING));
        long record = DsaUnderTest.RECORDS;
        Descriptor.Builder drain =
                Descriptor.builder(Opcode.DRAIN)
                        .flags(DsaUnderTest.flags(false))
                        .completionAddress(record);

        submit(drain);
        assertEquals(Status.NONE, dsa.record(record).status());
        assertEquals(Status.DRAIN_LOGGED, entry(1).error());
        assertEquals(record, entry(1).faultAddress());

        take(2, true);
        submit(drain);
        assertEquals(Status.SUCCESS, dsa.record(record).status());
    }

    @Test
    void shouldLogTheBatchOneOfWhoseMembersHasNoRecord() {
        long list = 0x10_0000;
        machine.map(PASID, list, 4096);
        long good = DsaUnderTest.RECORDS + 64;
        machine.store(PASID, list, noOp(good).build().toBytes());
        machine.store(PASID, list + 64, noOp(MISSING).build().toBytes());
        machine.store(PASID, list + 128, noOp(MISSING + 32).build().toBytes());

        submit(
                Descriptor.builder(Opcode.BATCH)
                        .flags(DsaUnderTest.flags(false))
                        .completionAddress(DsaUnderTest.RECORDS)
                        .source(list)
                        .size(3));

        assertEquals(Status.SUCCESS, dsa.record(good).status());
        assertEquals(Status.NONE, dsa.record(DsaUnderTest.RECORDS).status());
        EventLogEntry first = entry(0);
        EventLogEntry batch = entry(2);
        assertEquals(1, first.batch().index());
        assertTrue((first.info() & EventLogEntry.FIRST_IN_BATCH) != 0);
        assertEquals(0, entry(1).info() & EventLogEntry.FIRST_IN_BATCH);
        assertEquals(Status.BATCH_LOGGED, batch.error());
        assertEquals(first.batch().id(), batch.batch().id());
        assertEquals(3, batch.record().bytesCompleted());
    }

    @Test
    void shouldHaltWhenTheLogIsNotThere() {
        dsa.command(Command.DISABLE_DEVICE, 0);
        machine.write64(0, Register.GENCFG, 0);
        machine.write64(0, Register.EVLCFG, MISSING);
        machine.write64(0, Register.GENCFG, Register.GENCFG_EVENT_LOG);
        dsa.command(Command.ENABLE_DEVICE, 0);
        dsa.command(Command.ENABLE_WQ, 0);

        submit(noOp(MISSING));

        assertEquals(
                Register.GENSTS_HALTED,
                machine.read(0, Register.GENSTS, 8) & Register.GENSTS_STATE_MASK);
        assertEquals(0, tail());
        assertEquals(List.of(), machine.device().waitingFor());
    }

    @Test
    void shouldLockTheLogsPlaceWhileItIsOn() {
        machine.write64(0, Register.EVLCFG, 0x1234_5000L);
        machine.write64(0, Register.GENCFG, 0);

        assertEquals(LOG, machine.read(0, Register.EVLCFG, 8));
        assertEquals(Register.GENCFG_EVENT_LOG, machine.read(0, Register.GENCFG, 8));
        assertEquals(Register.GENCAP_EVENT_LOG, machine.read(0, Register.GENCAP, 8) & 3 << 13);
    }
}
