package svasim.models.gpu.device;

import java.util.List;
import svasim.models.gpu.pattern.Instruction;
import svasim.models.gpu.pattern.WaveProgram;
import svasim.pcie.endpoint.DmaClient;
import svasim.pcie.endpoint.DmaStatus;

/**
 * A wavefront: issues one memory instruction after the other. Where a page is missing the device
 * asks for it, or the wavefront replays what is left of its instruction until the page is there.
 */
final class Wave implements DmaClient {
    private final Dispatch dispatch;
    private final ComputeUnit unit;
    private final WaveProgram program;
    private long[] loaded = new long[WaveProgram.LANES];
    private Instruction instruction;
    private List<Piece> pieces;
    private int unanswered;
    private boolean failed;
    private boolean thrownAway;

    Wave(Dispatch dispatch, ComputeUnit unit, WaveProgram program) {
        this.dispatch = dispatch;
        this.unit = unit;
        this.program = program;
    }

    Dispatch dispatch() {
        return dispatch;
    }

    Instruction instruction() {
        return instruction;
    }

    /** Issues the next instruction, or ends. */
    void proceed(long nowPs) {
        instruction = thrownAway || failed ? null : program.next(loaded);
        if (instruction == null) {
            unit.left(this);
            dispatch.waveEnded(nowPs, failed && !thrownAway);
        } else {
            unit.issue(this);
        }
    }

    /** The unit lets the accesses of the instruction out. */
    void begin(List<Piece> accesses) {
        loaded = new long[WaveProgram.LANES];
        pieces = accesses;
        unanswered = accesses.size();
        for (int number = 0; number < accesses.size(); number++) {
            access(number);
        }
    }

    /** Throws the wavefront away: it ends when the last of its accesses does. */
    void throwAway() {
        thrownAway = true;
    }

    @Override
    public void done(long nowPs, long number, DmaStatus status, long faultAddress) {
        Piece piece = pieces.get((int) number);
        if (status == DmaStatus.NO_TRANSLATION && !thrownAway && unit.retries()) {
            unit.retry(this, faultAddress, (now, kind, data) -> replay(now, (int) number));
            return;
        }
        if (status != DmaStatus.OK) {
            failed = true;
        } else if (!instruction.write()) {
            piece.deliver(instruction, loaded);
        }
        answered();
    }

    private void replay(long nowPs, int number) {
        if (thrownAway) {
            answered();
        } else {
            access(number);
        }
    }

    private void answered() {
        unanswered--;
        if (unanswered == 0) {
            unit.returned(this);
        }
    }

    private void access(int number) {
        unit.access(this, pieces.get(number), number);
    }
}
