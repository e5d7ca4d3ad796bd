package io.gradus.error;

/** How a command ends; the numbers are a contract with schedulers and never change. */
public enum ExitCode {
  DONE(0, "done or already published"),
  INTERNAL(1, "internal failure"),
  USAGE(2, "usage or configuration"),
  INPUT(3, "input contract"),
  GATE(4, "gate closed"),
  LOCK(5, "lock held"),
  STORAGE(6, "storage"),
  FENCED(75, "fenced by a later run");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** The process exit status. */
  public int code() {
    return code;
  }

  /** One phrase for help texts and logs. */
  public String meaning() {
    return meaning;
  }
}
