package svasim.models.gpu.device;

import java.util.List;
import svasim.models.gpu.pattern.Instruction;
import svasim.models.gpu.pattern.WaveProgram;
import svasim.models.gpu.pattern.WaveState;
import svasim.pcie.endpoint.DmaClient;
import svasim.pcie.endpoint.DmaStatus;

/**
 * A wavefront: issues one memory instruction after the other. Where a page is missing the device
 * asks for it, or the wavefront replays what is left of its instruction until the page is there, or
 * it waits until it is taken off. One that leaves does so between two instructions; an instruction
 * that lacked a page is done anew.
 */
final class Wave implements DmaClient {
    private final Dispatch dispatch;
    private final ComputeUnit unit;
    private final WaveProgram program;
    private long[] loaded;
    private WaveState before;
    private Instruction instruction;
    private List<Piece> pieces;
    private int unanswered;
    private boolean failed;
    private boolean undone;
    private boolean thrownAway;
    private boolean leaves;
    private boolean forgotten;

    Wave(Dispatch dispatch, ComputeUnit unit, WaveProgram program, long[] loaded) {
        this.dispatch = dispatch;
        this.unit = unit;
        this.program = program;
        this.loaded = loaded;
    }

    Dispatch dispatch() {
        return dispatch;
    }

    Instruction instruction() {
        return instruction;
    }

    /** Issues the next instruction, leaves, or ends. */
    void proceed(long nowPs) {
        if (forgotten) {
            return;
        }
        boolean goesOn = !thrownAway && !failed;
        if (goesOn && leaves) {
            unit.left(this);
            dispatch.waveLeft(nowPs, this, undone ? before : program.state(loaded));
            return;
        }
        before = program.state(loaded);
        instruction = goesOn ? program.next(loaded) : null;
        if (instruction == null) {
            unit.left(this);
            dispatch.waveEnded(nowPs, this, failed && !thrownAway);
        } else {
            unit.issue(this);
        }
    }

    /** The unit lets the accesses of the instruction out. */
    void begin(List<Piece> accesses) {
        if (forgotten) {
            return;
        }
        if (leaves || thrownAway) {
            undone = true;
            unit.returned(this);
            return;
        }
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
        unit.discard(this);
    }

    /** Has the wavefront leave its unit, to be saved. */
    void leave() {
        leaves = true;
        unit.discard(this);
    }

    /** The device was reset: whatever comes back is too late. */
    void forget() {
        forgotten = true;
    }

    @Override
    public void done(long nowPs, long number, DmaStatus status, long faultAddress) {
        if (forgotten) {
            return;
        }
        Piece piece = pieces.get((int) number);
        boolean missing = status == DmaStatus.NO_TRANSLATION && !unit.stalls();
        if (missing && !thrownAway && !leaves) {
            miss((int) number, faultAddress);
            return;
        }
        if (leaves && (missing || status == DmaStatus.DISCARDED)) {
            undone = true;
        } else if (status != DmaStatus.OK) {
            failed = true;
        } else if (!instruction.write()) {
            piece.deliver(instruction, loaded);
        }
        answered();
    }

    private void miss(int number, long address) {
        unit.miss(this, address, (nowPs, kind, data) -> again(number, address));
    }

    private void again(int number, long address) {
        if (forgotten) {
            return;
        }
        if (thrownAway || leaves) {
            undone = true;
            answered();
        } else if (unit.replays()) {
            access(number);
        } else {
            miss(number, address);
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
