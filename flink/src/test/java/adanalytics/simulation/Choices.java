package adanalytics.simulation;

import java.util.List;

/** The random numbers of a schedule. jqwik makes them smaller when a schedule fails. */
public final class Choices {
  private final List<Integer> numbers;
  private int next;

  Choices(List<Integer> numbers) {
    this.numbers = numbers;
  }

  /**
   * The next choice; 0, the simplest one, after the last number.
   *
   * @param bound number of possibilities
   * @return from 0 to {@code bound - 1}
   */
  public int below(int bound) {
    int number = next < numbers.size() ? numbers.get(next) : 0;
    next++;
    return number % bound;
  }
}
