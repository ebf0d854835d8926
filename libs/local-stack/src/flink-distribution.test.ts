import { classPathOrder, moduleOptionsOf } from './flink-distribution';

describe('classPathOrder', () => {
  it('puts flink-dist last, like the start scripts', () => {
    expect(classPathOrder(['log4j-api.jar', 'flink-dist-1.20.5.jar', 'README', 'flink-csv-1.20.5.jar'])).toEqual([
      'flink-csv-1.20.5.jar',
      'log4j-api.jar',
      'flink-dist-1.20.5.jar',
    ]);
  });

  it.each([[['flink-csv.jar']], [['flink-dist-1.jar', 'flink-dist-2.jar']]])('refuses %j', (jars) => {
    expect(() => classPathOrder(jars)).toThrow(/one flink-dist jar/);
  });
});

describe('moduleOptionsOf', () => {
  it("reads the options from the distribution's configuration", () => {
    const config =
      'env:\n  java:\n    opts:\n      all: --add-exports=a/b=ALL-UNNAMED --add-opens=c/d=ALL-UNNAMED\nrest:\n';
    expect(moduleOptionsOf(config)).toEqual(['--add-exports=a/b=ALL-UNNAMED', '--add-opens=c/d=ALL-UNNAMED']);
  });
});
