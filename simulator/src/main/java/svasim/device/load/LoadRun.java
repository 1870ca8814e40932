package svasim.device.load;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.IntFunction;
import svasim.cpu.Cpu;
import svasim.os.file.Job;
import svasim.os.file.JobResult;
import svasim.os.file.Submission;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * A thread that puts a load on a device, as benchmarks do: it hands in each piece when it is meant
 * to come and there is room, and meanwhile polls for the end of the oldest one. Between arrivals it
 * keeps its core.
 */
final class LoadRun implements Job {
    private static final String TURN = "await turn";

    /** A thread that spins looks at the clock so often. */
    private static final long LOOK_PS = 1_000_000;

    private static final Procedure<LoadRun> RUN =
            Procedure.<LoadRun>named("load")
                    .sleeping("begin", 10_000, LoadRun::begin)
                    .sleeping(TURN, 2_000, LoadRun::awaitTurn)
                    .sleeping("hand in", 2_000, LoadRun::handIn)
                    .sleeping("next piece", 1_000, LoadRun::note)
                    .build();

    private static final Procedure<Rest> REST =
            Procedure.<Rest>named("load rest").sleeping("poll", 2_000, Rest::poll).build();

    private final Loads loads;
    private final Load load;
    private final int room;
    private final IntFunction<Submission> pieces;
    private final Waiting thread;
    private final Queue<Piece> underWay = new ArrayDeque<>();
    private Submission submission;
    private int handedIn;
    private boolean planned;
    private long intendedPs;
    private long handedInPs;
    private long nowPs;
    private long bytes;
    private String firstFailure;
    private boolean over;

    /** A piece that was handed in. */
    private record Piece(Job job, long intendedPs, long handedInPs) {}

    /** The wait of a thread, perhaps another one, for what is still under way. */
    private record Rest(LoadRun run, Waiting thread) {
        Next poll(Cpu cpu) {
            run.reap();
            boolean over = run.underWay.isEmpty() || thread.signalPending();
            return over ? Next.DONE : run.poll(thread);
        }
    }

    LoadRun(Loads loads, Load load, int room, IntFunction<Submission> pieces, Waiting thread) {
        this.loads = loads;
        this.load = load;
        this.room = load.depth() == null ? room : Math.min(room, load.depth());
        this.pieces = pieces;
        this.thread = thread;
    }

    /** Hands in all pieces. */
    Call<?> call() {
        return new Call<>(RUN, this);
    }

    @Override
    public Call<?> await(Waiting waiting) {
        return new Call<>(REST, new Rest(this, waiting));
    }

    @Override
    public JobResult result() {
        if (!over || !underWay.isEmpty()) {
            return null;
        }
        boolean good = firstFailure == null;
        return new JobResult(good ? "success" : firstFailure, good, bytes);
    }

    private Next begin(Cpu cpu) {
        intendedPs = cpu.nowPs();
        loads.statistics().began(intendedPs);
        return Next.ON;
    }

    private Next awaitTurn(Cpu cpu) {
        reap();
        if (thread.signalPending() || handedIn == load.count()) {
            over = true;
            return Next.DONE;
        }
        plan();
        if (underWay.size() >= room) {
            return poll(thread);
        }
        long early = intendedPs - nowPs;
        if (early <= 0) {
            return Next.ON;
        }
        if (!underWay.isEmpty()) {
            return poll(() -> thread.signalPending() || loads.nowPs() >= intendedPs);
        }
        cpu.spend(Math.min(early, LOOK_PS));
        return Next.AGAIN;
    }

    /**
     * The next arrival does not depend on anything but the one before, unless the loop is closed.
     */
    private void plan() {
        if (load.arrivals().isClosed()) {
            intendedPs = nowPs;
        } else if (!planned) {
            intendedPs += loads.gapPs(load.arrivals(), handedIn);
            planned = true;
        }
    }

    private Next handIn(Cpu cpu) {
        handedInPs = cpu.nowPs();
        submission = pieces.apply(handedIn);
        return Next.call(submission.call());
    }

    private Next note(Cpu cpu) {
        underWay.add(new Piece(submission.job(), intendedPs, handedInPs));
        handedIn++;
        planned = false;
        return Next.jump(TURN);
    }

    private Next poll(Waiting until) {
        return new Next.EnterAgain(underWay.element().job().await(until));
    }

    /** Takes note of the pieces that have ended, the oldest first. */
    private void reap() {
        nowPs = loads.nowPs();
        while (!underWay.isEmpty() && underWay.element().job().result() != null) {
            Piece piece = underWay.remove();
            JobResult result = piece.job().result();
            bytes += result.bytes();
            firstFailure = result.good() || firstFailure != null ? firstFailure : result.status();
            loads.statistics().ended(piece.intendedPs(), piece.handedInPs(), nowPs, result);
        }
    }
}
