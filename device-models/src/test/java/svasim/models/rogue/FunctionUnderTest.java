package svasim.models.rogue;

import java.util.ArrayList;
import java.util.List;
import svasim.models.MachineUnderTest;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;
import svasim.trace.TraceListener;
import svasim.units.Picoseconds;

/** The function, told by its registers what to do, without a kernel. */
final class FunctionUnderTest {
    static final long INTERVAL_PS = 2_000_000;

    private final MachineUnderTest machine =
            MachineUnderTest.with(
                    new RogueProvider(), new RogueConfig(null, new Picoseconds(INTERVAL_PS)));
    private final List<Tlp> sent = new ArrayList<>();

    FunctionUnderTest() {
        machine.trace().add(sentByFunction());
    }

    MachineUnderTest machine() {
        return machine;
    }

    void start(Attack attack, long buffer, int bytes, int count) {
        write(Register.PASID, MachineUnderTest.PASID);
        write(Register.BUFFER, buffer);
        write(Register.BYTES, bytes);
        write(Register.REQUESTER, Register.OWN);
        write(Register.COUNT, count);
        write(Register.ATTACK, attack.ordinal());
    }

    void write(Register register, long value) {
        machine.write64(0, register.offset(), value);
    }

    boolean isBusy() {
        return machine.read(0, Register.STATUS.offset(), Long.BYTES) == Register.BUSY;
    }

    Outcome outcome() {
        return Outcome.of(machine.read(0, Register.STATUS.offset(), Long.BYTES));
    }

    /** Packets of a kind that it has sent since {@link #forget}. */
    <T extends Tlp> List<T> sent(Class<T> kind) {
        return sent.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    void forget() {
        sent.clear();
    }

    private TraceListener sentByFunction() {
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
                Tlp tlp = (Tlp) subject;
                if (tlp.senderId() == MachineUnderTest.RID) {
                    sent.add(tlp);
                }
            }
        };
    }
}
