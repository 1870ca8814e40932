package svasim.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.models.MachineUnderTest.PASID;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;
import svasim.trace.TraceListener;

/** What every device model must do that reaches memory which can be missing. */
public abstract class DeviceModelContract {
    /** First address of the memory that the work of the contract uses. */
    protected static final long MEMORY = 0x7000_0000_0000L;

    protected static final int MEMORY_BYTES = 64 << 10;

    private static final long A_WHILE_PS = 20_000_000;

    /** Shorter than any access. */
    private static final long STEP_PS = 5_000;

    /** What the link had taken before a reset still leaves, and has left then. */
    private static final int LINK_EMPTY_STEPS = 200;

    private MachineUnderTest machine;
    private List<Tlp> sent;

    /** A device that is ready for {@link #start}. */
    protected abstract MachineUnderTest ready();

    /** Has the device begin to read and write the memory of the contract with the PASID. */
    protected abstract void start(MachineUnderTest machine);

    /** Begins what the driver does to stop the device before it unbinds. */
    protected abstract void disable(MachineUnderTest machine);

    /** Whether the device tells that it is stopped. */
    protected abstract boolean isDisabled(MachineUnderTest machine);

    /** Makes the device ready again after a reset. */
    protected abstract void configure(MachineUnderTest machine);

    /** With what the device reaches the memory of the contract. */
    protected int pasid() {
        return PASID;
    }

    @BeforeEach
    void prepare() {
        machine = ready();
        sent = new ArrayList<>();
        machine.trace().add(sentTlps());
    }

    @Test
    void shouldBecomeQuietWhenItsWorkIsDone() {
        machine.map(pasid(), MEMORY, MEMORY_BYTES);

        start(machine);
        machine.run();

        assertFalse(sent.isEmpty());
        assertIdle();
    }

    @Test
    void shouldAskForMissingPagesAndGoOn() {
        machine.agent().onPageRequest(this::makePresent);

        start(machine);
        machine.run();

        assertTrue(machine.agent().requestsReceived() > 0);
        assertIdle();
    }

    @Test
    void shouldFinishWorkInFlightBeforeItIsDisabled() {
        machine.agent().onPageRequest(this::makePresent);
        machine.agent().hold();
        start(machine);
        machine.runFor(A_WHILE_PS);

        disable(machine);
        machine.runFor(A_WHILE_PS);

        assertFalse(isDisabled(machine));
        assertFalse(machine.device().waitingFor().isEmpty());

        machine.agent().release();
        machine.run();

        assertTrue(isDisabled(machine));
        assertIdle();
    }

    @Test
    void shouldSendNothingOnceItIsDisabled() {
        machine.map(pasid(), MEMORY, MEMORY_BYTES);
        start(machine);
        machine.runFor(1_000_000);
        disable(machine);
        while (!isDisabled(machine)) {
            machine.runFor(100_000);
        }
        sent.clear();

        machine.run();

        assertEquals(List.of(), requestsOf(sent));
        assertIdle();
    }

    @Test
    void shouldEndItsWorkWhenThePagesAreTakenAwayUnderIt() {
        machine.map(pasid(), MEMORY, MEMORY_BYTES);
        start(machine);
        machine.runFor(1_000_000);

        for (long va = MEMORY; va < MEMORY + MEMORY_BYTES; va += 4096) {
            machine.agent().unmap(pasid(), va, MachineUnderTest.RID);
            machine.runFor(10_000);
        }
        machine.run();

        assertIdle();
    }

    @Test
    void shouldForgetItsWorkWhenItIsReset() {
        machine.agent().hold();
        start(machine);
        machine.runFor(A_WHILE_PS);

        machine.reset();
        machine.runFor(A_WHILE_PS);
        int asked = machine.agent().requestsReceived();
        machine.agent().release();
        machine.run();

        assertEquals(asked, machine.agent().requestsReceived());
        assertIdle();
    }

    @Test
    void shouldWorkAgainAfterReset() {
        machine.map(pasid(), MEMORY, MEMORY_BYTES);
        start(machine);
        machine.runFor(500_000);
        machine.reset();
        machine.run();
        sent.clear();

        machine.enable();
        configure(machine);
        start(machine);
        machine.run();

        assertFalse(requestsOf(sent).isEmpty());
        assertIdle();
    }

    @ParameterizedTest
    @EnumSource(Reset.class)
    void shouldBeginNoAccessAfterResetWhateverItWasDoing(Reset how) {
        for (long afterPs = 50_000; afterPs <= 6_400_000; afterPs *= 2) {
            prepare();
            machine.map(pasid(), MEMORY, MEMORY_BYTES);
            start(machine);
            machine.runFor(afterPs);

            how.carryOut(machine);
            machine.enable();
            int before = machine.function().dma().outstanding(pasid());
            for (int step = 0; step < LINK_EMPTY_STEPS; step++) {
                machine.runFor(STEP_PS);
                int now = machine.function().dma().outstanding(pasid());
                assertTrue(now <= before, "at " + afterPs);
                before = now;
            }
            sent.clear();
            machine.run();

            sent.removeIf(tlp -> tlp.senderId() != MachineUnderTest.RID);
            assertEquals(List.of(), sent, "at " + afterPs);
            assertIdle();
        }
    }

    @ParameterizedTest
    @EnumSource(Reset.class)
    void shouldShowTheRegistersOfPowerOnAfterReset(Reset how) {
        machine.map(pasid(), MEMORY, MEMORY_BYTES);
        start(machine);
        machine.runFor(500_000);

        how.carryOut(machine);
        machine.run();
        machine.enable();

        assertEquals(machine.fresh().registers(), machine.registers());
    }

    /** How a function is reset from outside its registers. */
    enum Reset {
        FUNCTION_LEVEL,
        HOT;

        private void carryOut(MachineUnderTest machine) {
            if (this == HOT) {
                machine.hotReset();
            } else {
                machine.reset();
            }
        }
    }

    private void assertIdle() {
        assertEquals(List.of(), machine.device().waitingFor());
        assertEquals(0, machine.function().dma().outstanding(pasid()));
        assertEquals(0, machine.agent().answersOwed());
    }

    private int makePresent(int pasid, long page, boolean write) {
        machine.map(pasid, page, 1);
        return Tlp.PageGroupResponse.SUCCESS;
    }

    private List<Tlp> requestsOf(List<Tlp> tlps) {
        return tlps.stream()
                .filter(
                        tlp ->
                                tlp instanceof Tlp.MemoryRequest
                                        || tlp instanceof Tlp.TranslationRequest
                                        || tlp instanceof Tlp.PageRequest)
                .filter(tlp -> tlp.senderId() == MachineUnderTest.RID)
                .filter(tlp -> PasidPrefix.number(tlp.pasid()) == pasid())
                .toList();
    }

    private TraceListener sentTlps() {
        return new TraceListener() {
            @Override
            public boolean wants(Kind kind) {
                return kind == Kind.TLP_SENT;
            }

            @Override
            public void on(
                    long id,
                    long cause,
                    long timePs,
                    Kind kind,
                    int lane,
                    long a,
                    long b,
                    long c,
                    Object subject) {
                sent.add((Tlp) subject);
            }
        };
    }
}
