package svasim.device.load;

import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.kernel.Kernel;
import svasim.os.file.Job;
import svasim.os.file.JobResult;
import svasim.os.file.Submission;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.stats.Statistics;

/** A device that serves one piece after the other, each for the same time, and who runs calls. */
final class SlowQueue {
    static final long PIECE_BYTES = 64;

    private static final long LOOK_PS = 10_000;
    private static final Procedure<Poll> AWAIT =
            Procedure.<Poll>named("await").sleeping("poll", LOOK_PS, Poll::look).build();

    final Statistics statistics = new Statistics();
    final List<Long> handedInPs = new ArrayList<>();
    private final Kernel kernel = new Kernel();
    private final long servicePs;
    private final Loads loads;
    private final Cpu cpu;
    private long freePs;
    private long spentPs;
    private int failing = -1;
    private int pausing = -1;
    private long pausePs;
    private int mostUnderWay;
    private final List<Piece> pieces = new ArrayList<>();

    SlowQueue(long servicePs) {
        this.servicePs = servicePs;
        loads = new Loads(statistics, kernel, "queue");
        cpu =
                (Cpu)
                        Proxy.newProxyInstance(
                                Cpu.class.getClassLoader(),
                                new Class<?>[] {Cpu.class},
                                (proxy, method, arguments) -> {
                                    if (method.getName().equals("spend")) {
                                        spentPs += (Long) arguments[0];
                                        return null;
                                    }
                                    return method.getName().equals("nowPs") ? kernel.nowPs() : 0;
                                });
    }

    SlowQueue failing(int piece) {
        failing = piece;
        return this;
    }

    /** Stands still before a piece. */
    SlowQueue pausingAt(int piece, long ps) {
        pausing = piece;
        pausePs = ps;
        return this;
    }

    /** A piece on its way. */
    private final class Piece implements Job {
        private final int number = pieces.size();
        private final long endPs;

        Piece() {
            freePs = Math.max(freePs, kernel.nowPs()) + servicePs;
            freePs += number == pausing ? pausePs : 0;
            endPs = freePs;
        }

        @Override
        public Call<?> await(Waiting thread) {
            return new Call<>(AWAIT, new Poll(this, thread));
        }

        @Override
        public JobResult result() {
            boolean good = number != failing;
            return kernel.nowPs() < endPs
                    ? null
                    : new JobResult(good ? "success" : "broken", good, PIECE_BYTES);
        }
    }

    /** A thread that polls. */
    private record Poll(Job job, Job.Waiting thread) {
        Next look(Cpu cpu) {
            return job.result() != null || thread.signalPending() ? Next.DONE : Next.AGAIN;
        }
    }

    /** Runs a load to its end, or until its thread is killed. */
    Job run(Load load, int room, Job.Waiting thread) {
        Submission run = loads.submission(load, room, this::handIn, thread);
        run(run.call());
        run(run.job().await(thread));
        return run.job();
    }

    long nowPs() {
        return kernel.nowPs();
    }

    int mostUnderWay() {
        return mostUnderWay;
    }

    private Submission handIn(int number) {
        Piece piece = new Piece();
        pieces.add(piece);
        handedInPs.add(kernel.nowPs());
        int underWay = (int) pieces.stream().filter(p -> p.result() == null).count();
        mostUnderWay = Math.max(mostUnderWay, underWay);
        return new Submission(Call.nothing(), piece);
    }

    /** A call and the step that it stands at. */
    private static final class Frame<F> {
        final Call<F> call;
        int at;

        Frame(Call<F> call) {
            this.call = call;
        }

        boolean isOver() {
            return at >= call.procedure().lines().size();
        }

        Next step(Cpu cpu) {
            return call.procedure().lines().get(at).step().run(call.frame(), cpu);
        }

        long costPs() {
            return call.procedure().lines().get(at).costPs();
        }
    }

    private void run(Call<?> first) {
        Deque<Frame<?>> stack = new ArrayDeque<>();
        stack.push(new Frame<>(first));
        while (!stack.isEmpty()) {
            Frame<?> top = stack.peek();
            if (top.isOver()) {
                stack.pop();
                continue;
            }
            long costPs = top.costPs();
            Next next = top.step(cpu);
            top.at++;
            if (next == Next.DONE) {
                stack.pop();
            } else if (next == Next.AGAIN) {
                top.at--;
            } else if (next instanceof Next.Jump jump) {
                top.at = top.call.procedure().indexOf(jump.step());
            } else if (next instanceof Next.Enter enter) {
                stack.push(new Frame<>(enter.call()));
            } else if (next instanceof Next.EnterAgain enter) {
                top.at--;
                stack.push(new Frame<>(enter.call()));
            }
            kernel.after(costPs + spentPs, (now, kind, data) -> {}, 0, 0);
            kernel.runUntilQuiet();
            spentPs = 0;
        }
    }
}
