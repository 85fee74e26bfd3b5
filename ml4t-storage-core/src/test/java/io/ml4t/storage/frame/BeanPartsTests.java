package io.ml4t.storage.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows as JavaBeans. */
class BeanPartsTests {
  private static final Instant TIME = Instant.parse("2024-01-02T00:00:00Z");

  /** What every quote has. */
  public static class Timed {
    private Instant timestamp;

    public Instant getTimestamp() {
      return timestamp;
    }

    public void setTimestamp(Instant timestamp) {
      this.timestamp = timestamp;
    }
  }

  /** A bean with all that a property may be. */
  public static class Quote extends Timed {
    private double close;

    @ColumnName("adj_close")
    private Double adjusted;

    private boolean halted;
    private String URL;
    private static int count;

    public double getClose() {
      return close;
    }

    public void setClose(double close) {
      this.close = close;
    }

    public Double getAdjusted() {
      return adjusted;
    }

    public void setAdjusted(Double adjusted) {
      this.adjusted = adjusted;
    }

    public boolean isHalted() {
      return halted;
    }

    public void setHalted(boolean halted) {
      this.halted = halted;
    }

    public String getURL() {
      return URL;
    }

    public void setURL(String URL) {
      this.URL = URL;
    }

    /** Has no setter, and so is no property. */
    public double getMid() {
      return close / 2;
    }

    /** Has a field of another name. */
    public long getVolume() {
      return (long) close;
    }

    public void setVolume(long volume) {
      assertThat(volume).isEqualTo((long) close);
    }

    public static int getCount() {
      return count;
    }

    public static void setCount(int number) {
      count = number;
    }

    public String issue() {
      return "not a property";
    }
  }

  private static Quote quote(double close, Double adjusted) {
    Quote quote = new Quote();
    quote.setTimestamp(TIME);
    quote.setClose(close);
    quote.setAdjusted(adjusted);
    quote.setHalted(adjusted == null);
    quote.setURL("x");
    return quote;
  }

  @Test
  void a_property_is_a_column_in_the_order_of_the_fields_those_of_the_superclass_first() {
    DataFrame frame = DataFrame.of(List.of(quote(7, 6.5), quote(8, null)));
    assertThat(frame.columnNames())
        .containsExactly("timestamp", "close", "adj_close", "halted", "URL", "volume");
    assertThat(frame.doubles("close").toArray()).containsExactly(7, 8);
    assertThat(frame.column("adj_close").isNull(1)).isTrue();
    assertThat(frame.column("halted").value(1)).isEqualTo(true);
  }

  @Test
  void beans_come_back_as_they_were() {
    List<Quote> quotes = List.of(quote(7, 6.5), quote(8, null));
    List<Quote> back = DataFrame.of(Quote.class, quotes).rows(Quote.class);
    assertThat(back).usingRecursiveComparison().isEqualTo(quotes);
  }

  @Test
  void no_beans_make_a_frame_without_rows() {
    assertThat(DataFrame.of(Quote.class, List.of()).rowCount()).isZero();
  }

  @Test
  void a_null_that_a_property_cannot_hold_is_refused() {
    DataFrame frame = DataFrame.of(Quote.class, List.of(quote(7, null)));
    DataFrame wrong = frame.withColumn("close", frame.column("adj_close"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> wrong.rows(Quote.class))
        .withMessageContaining("column 'close' is null in row 0; declare it as Double");
  }

  /** Has a property that no column holds. */
  public static class Odd {
    private List<String> tags = List.of();

    public List<String> getTags() {
      return tags;
    }

    public void setTags(List<String> tags) {
      this.tags = tags;
    }
  }

  @Test
  void a_property_of_a_type_that_no_column_holds_is_named() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DataFrame.of(Odd.class, List.of()))
        .withMessageContaining(Odd.class.getName())
        .withMessageContaining("property 'tags' is java.util.List, expected one of double");
  }

  /** Cannot be made from nothing. */
  public static class Fixed {
    private int size;

    public Fixed(int size) {
      this.size = size;
    }

    public int getSize() {
      return size;
    }

    public void setSize(int size) {
      this.size = size;
    }
  }

  @Test
  void a_bean_needs_a_constructor_without_arguments() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DataFrame.of(List.of(new Fixed(1))))
        .withMessageContaining("it has no constructor without arguments; add one");
  }

  @Test
  void a_class_without_properties_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DataFrame.of(List.of(new Object())))
        .withMessageContaining("it has 0 properties with a public getter and a public setter");
  }
}
