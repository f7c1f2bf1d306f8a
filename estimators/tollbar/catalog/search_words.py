"""What the words of a search stand for, in the words of price paths."""

from __future__ import annotations


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


GENERIC = _words(
    "a an and are at by for from how in is it list much of or per price prices pricing rate rates cost costs",
    "the to what usd dollar dollars hour hourly hours month monthly year yearly with without used use service",
) | {"1 million", "per million", "1m", "1k", "10k", "100k", "per second"}
"""Words that say nothing about what is sold; a search passes over them."""

SOFT = _words(
    "instance instances server servers vm machine machines cloud gpu node nodes managed tier type size gb tb",
    "gib usage charge charges fee base global default lts volume class unit units web regular labs us eu",
    "europe asia standard linux single general demand data storage support document documents",
) | {"multi region", "on demand"}
"""Words that help to choose where a path has them, and that a path may lack."""

_MEANINGS = """
aws, amazon, amazon web services: aws
gcp, google cloud, google cloud platform: gcp
google: gcp | google | gemini
azure, microsoft, microsoft azure: azure
google cloud storage, gcs, cloud storage: cloud storage
application load balancer, alb: load balancing + application
network load balancer, nlb: load balancing + network
gateway load balancer, gwlb: load balancing + gateway
classic load balancer, clb: load balancing + classic
load balancer, load balancers, load balancing, loadbalancer, elb, lb: load balancing | load balancer
lcu, lcus, load balancer capacity unit: capacity units
nat, nat gateway, nat gateways: nat gateway | cloud nat
cloud nat: cloud nat
persistent disk, persistent disks, pd: compute + disk
managed disk, managed disks: managed disk
block storage: ebs + storage | compute + disk | managed disk
disk, disks: disk | ebs + storage
static ip, static ip address, elastic ip, eip, external ip, external ip address, public ip, public ip address, \
ip address, public ipv4, public ipv4 address, reserved ip, ipv4, ipv4 address: \
elastic ip + public ipv4 address | compute + address | public ip + ipv4 | ipv4
data transfer out, data transfer out to internet, internet data transfer, internet egress, egress internet, \
egress to internet, network egress, outbound data transfer, outbound traffic, bandwidth out, data out, egress: \
data transfer + internet egress | data transfer + internet | bandwidth + internet egress | internet egress | \
cache egress | egress | data transfer out
bandwidth: bandwidth | data transfer + internet
data transfer, network transfer: data transfer | bandwidth | egress
egress between regions, inter region, interregion, cross region, between regions, region to region: inter region
between availability zones, between azs, between zones, availability zone, cross az, inter az, inter zone, cross zone, \
availability zones: inter az | inter zone | availability zone
object storage, bucket, buckets: s3 + storage | cloud storage + storage | blob + data stored
ec2: ec2
vm, virtual machine, virtual machines, vms: virtual machines | instance
compute engine, gce: gcp + compute
kubernetes, k8s: eks | gke | aks | kubernetes
control plane, cluster fee, cluster management fee, cluster management, management fee: \
eks + cluster | gke + cluster management | uptime sla | control plane
kubernetes control plane, kubernetes cluster, k8s cluster, managed kubernetes: \
eks + cluster | gke + cluster management | aks + uptime sla
gke cluster, gke, google kubernetes, google kubernetes engine: gke
aks, azure kubernetes service: aks | kubernetes service
standard tier: standard
postgresql, postgres, pg: postgres | postgresql
sql server, mssql, sqlserver: sqlserver | sql server | sql
azure sql, azure sql database, sql database: sql database
managed instance, sql managed instance, azure sql managed instance: sql managed instance
multi az, high availability, ha: multi az | regional | zone redundancy | high availability
single az: single az | zonal
red hat: rhel
ram, memory: memory | ram
cpu, vcpu, vcpus, cpus, core, cores, vcore, vcores: vcpu | vcore | cpu
gb second, gb seconds, gb s: duration | execution time | memory
gb hour: memory
vcpu hour: vcpu
requests, request: request | invocation | call | total executions | operation
invocations, invocation, calls: invocation | request | call | executions
executions, execution: executions | execution | request | invocation
read request units, read requests, rru: read requests
write request units, write requests, wru: write requests
operations, operation, ops, transactions: operation | request | transaction
writes, write: write | put
reads: read | get
queries, query, analysis: query | queries | data scanned
questions: queries
ia, infrequent access: infrequent access
glacier flexible: glacier flexible retrieval
dynamo: dynamodb
wcu, wcus: write capacity
rcu, rcus: read capacity
pitr: point in time | pitr
dpu, dpu hour: glue + etl job | dpu | athena
state transitions, state transition: step functions + transitions
publish: requests
sns publish: sns + requests
http api, http apis: requests + http
rest api, rest apis: requests + rest
api calls: api calls | calls | requests
apigw, apigateway: api gateway
mau, monthly active user, monthly active users: user pool
parameter store: systems manager + parameter
ssm: systems manager
logs insights, log insights: logs insights
log ingestion, logs ingestion, logs ingested: logs ingested | ingestion
logs storage, log storage: logs stored | retention | logs
ingestion, ingest, ingested: ingest
logs retention, log retention: retention | logs stored
privatelink, private link, vpc endpoint, interface endpoint: vpc endpoint + interface | private link
vpc endpoint interface: vpc endpoint + interface
tgw: transit gateway
dx: direct connect
site to site vpn, s2s vpn: vpn + site to site | vpn s2s
airflow: mwaa | composer
kafka: msk | kafka
kubernetes engine: gke
dedicated host, dedicated hosts: ec2 + host | dedicated host
dedicated instance, dedicated instances: instance + dedicated
savings plan, savings plans, compute savings plan: savings plan
on demand: on demand
spot, preemptible: spot
reserved, reservation, ri, reserved instance, reserved instances: reserved | reservation
committed, committed use, committed use discount, commitment, cud: committed use | commitment
1 year, 1yr, 1y, one year, 12 months, 12 month: 1 year
3 years, 3 year, 3yr, 3y, three years, three year, 36 months: 3 year
no upfront: no upfront
all upfront: all upfront | reserved all upfront
hdd: hdd | st1 | sc1 | pd standard
magnetic: storage standard | magnetic
email, emails: email
lambda labs, lambdalabs, lambda cloud: lambda labs
vast: vast ai
cached input, cache read, cache hit, cache hits, cached, cached tokens: cache read | cached
cache write, cache writes, cache creation, caching: cache write
input, prompt, input tokens, prompt tokens: input
output, completion, output tokens, completion tokens: output
tokens, token: tokens
batch: batch
acr: container registry
aci: container instances
apim: api management
app gateway, application gateway, appgw: application gateway
app insights: application insights
vnet: virtual network
cognitive search: ai search
azure cache for redis, azure redis: redis cache
ru, rus, ru s, request units: ru
premium functions: functions + premium
managed identity: identity
uptime sla: uptime sla
pub sub, google pubsub: pubsub
pubsub, google pub sub: pubsub + message delivery | pubsub
big query, bigquery: bigquery
bq: bigquery
slot, slots: bigquery + edition
bigquery query, bigquery analysis, bigquery on demand, bigquery on demand query: bigquery + query
streaming inserts: streaming insert
cloud functions, cloud function, google cloud functions: cloud functions
cloud run: cloud run
secret version, secret versions: secret version
kms key, kms keys: kms + key
key, keys: key
snapshots, disk snapshot, disk snapshots: snapshot
azure monitor logs: log analytics | monitor
fargate vcpu: fargate + vcpu
dns zone, dns zones: dns + zone | hosted zone
dns queries: dns + query | dns + queries | route53 + queries standard
container registry, artifact registry: artifact registry | container registry
google external ip: compute + address
message queue: sqs | service bus
web application firewall: waf
s3 storage: s3 + storage
redis: redis
external ip google: compute + address
encryption key: key
class a, class a operation, class a operations: class a
class b, class b operation, class b operations: class b
translate, translation, translate api: translate | translation | translator
minutes, minute, build minutes: build | cloud build
addresses: address
policies: policy
throughput unit, throughput units, tu: throughput unit
messaging unit: messaging unit
gpu hour: gpu
vector search: vector search
flexible: flexible
x ray, xray: xray
data processing, processing: data processed | processing
cloud sql, cloudsql: cloud sql
10g, 10gbps, 10 gbps, 10gbit: 10gbps | 10 gbps
1g, 1gbps, 1 gbps: 1gbps | 1 gbps
100g, 100gbps, 100 gbps: 100gbps | 100 gbps
plan 1: p1
plan 2: p2
traces: trace
"""


def _read() -> dict[str, tuple[tuple[str, ...], ...]]:
    meanings: dict[str, tuple[tuple[str, ...], ...]] = {}
    for line in _MEANINGS.strip().splitlines():
        names, _, meaning = line.partition(":")
        alternatives = tuple(tuple(part.strip() for part in each.split("+")) for each in meaning.split("|"))
        meanings |= {name.strip(): alternatives for name in names.split(",")}
    return meanings


MEANINGS = _read()
"""For the words people use: the alternatives they stand for, the likeliest first. Every part of one must be there."""

LONGEST_PHRASE = max(len(name.split()) for name in MEANINGS)

PLAIN = _words(
    "ec2 ebs instance linux shared on demand single az zonal hours hour storage standard x86 stored lrs region",
    "data blob hot hgx unit virtual machines compute node cluster general purpose requests input tokens cache",
    "secure plan app llm gpu global redis active logical disk enterprise free flexible server frequent management",
    "fees fee application us mexico canada north america worldwide included rules request based",
)
"""Words that a plain variant has; they do not count where nobody asked for them."""

UNUSUAL = _words(
    "dedicated host windows rhel suse sql sqlserver spot reserved committed commitment savings licence",
    "license byol multi sustained custom batch flex priority zrs gzrs grs ragrs ragzrs ha preview dev low",
    "estimate convertible whole extended early delete select oracle web backup unused classic secondary",
    "confidential hierarchical v1 fine tuned developer archive year upfront gov above reseller audio",
    "community stack idle isolated discounted internal lightsail emr china 2x 4x 8x",
)
"""Variants that people name when they mean them."""

OF_MODELS = tuple(
    _words(
        "gpt o1 o3 o4 claude sonnet haiku opus gemini gemma llama mistral mixtral codestral ministral magistral",
        "pixtral devstral deepseek qwen command cohere rerank embedding embed grok groq whisper tts dall sora",
        "kimi glm phi perplexity sonar openrouter fireworks together llm token chatgpt davinci openai anthropic",
        "xai moonshot minimax cached cerebras",
    )
)
"""How words begin that speak of language models."""
