package svasim.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;
import svasim.binding.InvalidInput;
import svasim.run.CannotWrite;

/** Turns what went wrong into one clean message and an exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        PrintWriter err = wrong.getCommandLine().getErr();
        err.println("svasim: " + wrong.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(wrong, err)) {
            wrong.getCommandLine().usage(err);
        }
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
        return explain(thrown, command.getErr());
    }

    /**
     * Says what it is in terms of the user.
     *
     * @return its exit code
     */
    static int explain(Throwable thrown, PrintWriter err) {
        Throwable cause =
                thrown instanceof UncheckedIOException unchecked ? unchecked.getCause() : thrown;
        if (cause instanceof InvalidInput invalid) {
            invalid.mistakes().forEach(err::println);
            return ExitCode.BAD_INPUT;
        }
        if (cause instanceof NoSuchFileException || cause instanceof FileNotFoundException) {
            err.println("svasim: no such file: " + cause.getMessage());
            return ExitCode.NO_INPUT;
        }
        if (cause instanceof AccessDeniedException) {
            err.println("svasim: cannot read: " + cause.getMessage());
            return ExitCode.NO_INPUT;
        }
        if (cause instanceof CannotWrite) {
            err.println("svasim: cannot write: " + cause.getMessage());
            return ExitCode.CANNOT_WRITE;
        }
        if (cause instanceof IOException) {
            String told = cause.getClass() == IOException.class ? cause.getMessage() : null;
            err.println("svasim: " + (told == null ? cause : told));
            return ExitCode.IO_ERROR;
        }
        return report(cause, err);
    }

    /** A bug of ours. */
    static int report(Throwable bug, PrintWriter err) {
        err.println("svasim: internal error, please report it with the command: " + bug);
        bug.printStackTrace(err);
        return ExitCode.OUR_BUG;
    }
}
