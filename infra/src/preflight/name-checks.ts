import { DescribeTableCommand, ListTagsOfResourceCommand } from '@aws-sdk/client-dynamodb';
import { ListTagsForStreamCommand } from '@aws-sdk/client-kinesis';
import {
  DescribeApplicationCommand,
  ListTagsForResourceCommand as ListApplicationTagsCommand,
} from '@aws-sdk/client-kinesis-analytics-v2';
import { APPLICATION_PARTS, versionsOf } from '../applications';
import type { Environment } from '../environments/environment';
import { commonTags, resourceName } from '../naming';
import type { PreflightClients } from './clients';
import { type Finding, finding, ifThere, ok, wrong } from './finding';

interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** Result of the checks of names. */
export interface Names {
  /** Number of streams that must be created. */
  readonly missingStreams: number;
  readonly findings: readonly Finding[];
}

/**
 * Checks whether a resource of the same name exists and belongs to another environment. A resource with the environment's tags comes from
 * an earlier deployment.
 * @param environment to deploy
 * @param clients of AWS
 * @param streamNames of the streams, which are the same in every environment
 */
export async function lookAtNames(
  environment: Environment,
  clients: PreflightClients,
  streamNames: readonly string[],
): Promise<Names> {
  const { applications, streams, tables } = clients;
  const table = resourceName(environment, 'results');
  let missingStreams = 0;
  const findings = [
    ...streamNames.map((name) =>
      finding(`stream ${name}`, 'kinesis:ListTagsForStream', async () => {
        const found = await ifThere(streams.send(new ListTagsForStreamCommand({ StreamName: name })));
        if (found === undefined) missingStreams += 1;
        return checkOwner(environment, `stream ${name}`, found && (found.Tags ?? []));
      }),
    ),
    finding(`table ${table}`, 'dynamodb:DescribeTable, dynamodb:ListTagsOfResource', async () => {
      const found = await ifThere(tables.send(new DescribeTableCommand({ TableName: table })));
      const tags =
        found && (await tables.send(new ListTagsOfResourceCommand({ ResourceArn: found.Table?.TableArn }))).Tags;
      return checkOwner(environment, `table ${table}`, found && (tags ?? []));
    }),
    ...versionsOf(environment).map((version) => {
      const application = resourceName(environment, APPLICATION_PARTS[version]);
      return finding(`application ${application}`, 'kinesisanalytics:DescribeApplication', async () => {
        const found = await ifThere(
          applications.send(new DescribeApplicationCommand({ ApplicationName: application })),
        );
        const arn = found?.ApplicationDetail?.ApplicationARN;
        const tags = found && (await applications.send(new ListApplicationTagsCommand({ ResourceARN: arn }))).Tags;
        return checkOwner(environment, `application ${application}`, found && (tags ?? []));
      });
    }),
  ];
  return { findings: (await Promise.all(findings)).flat(), missingStreams };
}

/** @returns the finding for a resource of that name with these tags; undefined tags: it does not exist */
function checkOwner(environment: Environment, what: string, tags: readonly Tag[] | undefined): Finding {
  if (tags === undefined) return ok(what, 'the name is free');
  const own = commonTags(environment);
  const value = (name: string) => tags.find(({ Key }) => Key === name)?.Value;
  if (['Project', 'Environment'].every((name) => value(name) === own[name])) {
    return ok(what, 'it exists, from an earlier deployment of this environment');
  }
  const whose = value('Environment');
  return wrong(
    what,
    whose === undefined ? 'it exists without the tag of this environment' : `it exists in the environment ${whose}`,
    'name another region or account: each combination can have one environment. Or remove it if it is a leftover',
  );
}
