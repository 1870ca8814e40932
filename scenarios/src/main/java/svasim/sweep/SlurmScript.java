package svasim.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import svasim.scenario.Home;

/**
 * A Slurm array that runs the points of a plan (sbatch(1), option {@code --array}). Points that
 * have ended are passed over, so the script may be submitted again after some of its tasks were
 * killed.
 */
public final class SlurmScript {
    /** One less than the tasks that Slurm allows if {@code MaxArraySize} is not set: 1001. */
    private static final int MOST_TASKS = 1000;

    private SlurmScript() {}

    /** The script that belongs to a plan. */
    public static Path beside(Path plan) {
        String name = plan.getFileName().toString().replaceFirst("\\.jsonl?$", "");
        return plan.resolveSibling(name + ".sbatch");
    }

    /**
     * @param launcher the command {@code svasim}, with its whole path
     * @param jobs tasks at once
     */
    public static void write(Path file, Plan plan, Path planFile, Path launcher, int jobs)
            throws IOException {
        Path logs = Files.createDirectories(plan.out().resolve("slurm"));
        int tasks = Math.min(plan.points().size(), MOST_TASKS);
        List<String> lines = new ArrayList<>();
        lines.add("#!/bin/sh");
        lines.add("#SBATCH --job-name=svasim-" + Home.name(plan.scenario()));
        lines.add("#SBATCH --array=0-" + (tasks - 1) + "%" + jobs);
        lines.add("#SBATCH --ntasks=1 --cpus-per-task=1");
        lines.add("#SBATCH --requeue");
        lines.add("#SBATCH --open-mode=append");
        lines.add("#SBATCH --output=\"" + logs + "/%a.txt\"");
        lines.add("# " + plan.points().size() + " points; those that have ended are passed over.");
        String run = quoted(launcher.toString()) + " run --point " + quoted(planFile.toString());
        if (tasks == plan.points().size()) {
            lines.add("exec " + run + ":\"$SLURM_ARRAY_TASK_ID\"");
        } else {
            lines.add("worst=0");
            lines.add("n=$SLURM_ARRAY_TASK_ID");
            lines.add("while [ \"$n\" -lt " + plan.points().size() + " ]; do");
            lines.add("    code=0");
            lines.add("    " + run + ":\"$n\" || code=$?");
            lines.add("    if [ \"$code\" -gt \"$worst\" ]; then worst=$code; fi");
            lines.add("    n=$((n + " + tasks + "))");
            lines.add("done");
            lines.add("exit \"$worst\"");
        }
        Durable.write(file, String.join("\n", lines) + "\n");
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
